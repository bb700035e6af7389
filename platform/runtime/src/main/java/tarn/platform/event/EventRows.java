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

/// Defines which rows of a table have events, and the payload of these: the columns listed, of free
/// text only length and digest.
///
/// @param aggregate the noun, as in `task`
/// @param id first column of the key
/// @param part second column of a composite key; null for a simple key
/// @param visible condition for rows that have events: those visible to others than their author
public record EventRows(
        String aggregate,
        Table<?> table,
        Field<UUID> id,
        @Nullable Field<UUID> part,
        Condition visible,
        List<EventColumn> columns) {

    /// Events for all rows of a table with a simple key, without columns yet.
    public static EventRows of(String aggregate, Table<?> table, Field<UUID> id) {
        return new EventRows(aggregate, table, id, null, DSL.noCondition(), List.of());
    }

    /// A copy with a composite key.
    public EventRows part(Field<UUID> other) {
        return new EventRows(aggregate, table, id, other, visible, columns);
    }

    /// A copy limited to rows that meet a condition.
    public EventRows only(Condition which) {
        return new EventRows(aggregate, table, id, part, which, columns);
    }

    /// A copy with a column that holds no free text.
    public EventRows value(String name, Field<?> column) {
        return and(EventColumn.value(name, column));
    }

    /// A copy with the date if present, else the timestamp.
    public EventRows dateOrTime(String name, Field<LocalDate> date, Field<Instant> time) {
        return and(EventColumn.dateOrTime(name, date, time));
    }

    /// A copy with the length and digest of a free text.
    public EventRows text(String name, Field<String> column) {
        return and(EventColumn.text(name, column));
    }

    /// A copy with the ids that a query returns for the row.
    public EventRows ids(String name, Select<Record1<UUID>> ids) {
        return and(EventColumn.ids(name, ids));
    }

    private EventRows and(EventColumn column) {
        List<EventColumn> more = new ArrayList<>(columns);
        more.add(column);
        return new EventRows(aggregate, table, id, part, visible, List.copyOf(more));
    }
}
