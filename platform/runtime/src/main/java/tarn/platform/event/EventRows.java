package tarn.platform.event;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What the events of a table's rows say: every column but free text, of which they say length and digest.
///
/// @param aggregate the noun, as in `task`
/// @param id the first part of the key
/// @param part the second part of the key; null when it has one
/// @param visible which rows have events: those that others than their author may see
public record EventRows(
        String aggregate,
        Table<?> table,
        Field<UUID> id,
        @Nullable Field<UUID> part,
        Condition visible,
        List<EventColumn> columns) {

    /// Rows of a table with a key of one part, all of them visible, and nothing said of them yet.
    public static EventRows of(String aggregate, Table<?> table, Field<UUID> id) {
        return new EventRows(aggregate, table, id, null, DSL.noCondition(), List.of());
    }

    /// Whose key has a second part.
    public EventRows part(Field<UUID> other) {
        return new EventRows(aggregate, table, id, other, visible, columns);
    }

    /// Of which only these have events.
    public EventRows only(Condition which) {
        return new EventRows(aggregate, table, id, part, which, columns);
    }

    /// Says a column that holds no free text.
    public EventRows value(String name, Field<?> column) {
        return and(EventColumn.value(name, column));
    }

    /// Says the date where there is one, else the timestamp.
    public EventRows dateOrTime(String name, Field<LocalDate> date, Field<Instant> time) {
        return and(EventColumn.dateOrTime(name, date, time));
    }

    /// Says length and digest of free text.
    public EventRows text(String name, Field<String> column) {
        return and(EventColumn.text(name, column));
    }

    /// Says the ids that a query gives for the row.
    public EventRows ids(String name, Select<Record1<UUID>> ids) {
        return and(EventColumn.ids(name, ids));
    }

    private EventRows and(EventColumn column) {
        List<EventColumn> more = new ArrayList<>(columns);
        more.add(column);
        return new EventRows(aggregate, table, id, part, visible, List.copyOf(more));
    }
}
