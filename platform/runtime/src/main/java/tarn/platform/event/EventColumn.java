package tarn.platform.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;

/// A property of an event's payload and the SQL expression that computes it from the row.
///
/// @param name as in the contract
record EventColumn(String name, Field<?> value) {

    /// A column's value; decimals as text to keep all digits, timestamps as RFC 3339 in UTC with
    /// microseconds.
    static EventColumn value(String name, Field<?> column) {
        if (column.getType() == Instant.class) {
            return new EventColumn(
                    name, DSL.field("to_char({0} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", column));
        }
        return new EventColumn(name, column.getType() == BigDecimal.class ? DSL.field("{0}::text", column) : column);
    }

    /// The date if present, else the timestamp.
    static EventColumn dateOrTime(String name, Field<LocalDate> date, Field<Instant> time) {
        return new EventColumn(
                name,
                DSL.field("coalesce({0}::text, {1})", date, value(name, time).value()));
    }

    /// The length of a free text in characters and the first 128 bits of its HMAC-SHA-256.
    static EventColumn text(String name, Field<String> column) {
        return new EventColumn(name, DSL.field("""
                case when {0} is null then null else jsonb_build_object('length', char_length({0}), 'digest', encode(\
                substring(sha256(key.outer_pad || sha256(key.inner_pad || convert_to({0}, 'UTF8'))) for 16), 'hex')) end\
                """, column));
    }

    /// Ids of related rows, sorted.
    static EventColumn ids(String name, Select<?> ids) {
        return new EventColumn(name, DSL.field("to_jsonb(array(select * from ({0}) as other order by 1))", ids));
    }
}
