package tarn.platform.database;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jooq.Field;
import org.jooq.Record;

/// Reads the fields of a jOOQ record or a JDBC row by position, in the order selected, because
/// lookup by field dominates the cost of mapping.
public final class RowReader {

    @FunctionalInterface
    private interface Values {
        Object at(int position, Class<?> type) throws SQLException;
    }

    private final Field<?>[] fields;
    private final Values values;
    private int position;

    /// Begins at the row's first field.
    public RowReader(Record row) {
        this.fields = row.fields();
        this.values = (place, type) -> row.get(place);
    }

    /// Begins at the first field of the row at which a result stands, which costs less than making a record of it.
    ///
    /// @param fields what was selected
    RowReader(Field<?>[] fields, ResultSet rows) {
        this.fields = fields;
        this.values = (place, type) -> value(rows, place + 1, type);
    }

    /// The value of the next field.
    ///
    /// @throws IllegalStateException when another field is next
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T next(Field<T> field) {
        Field<?> selected = position < fields.length ? fields[position] : null;
        // By name, too: a list selects long texts by an expression of the same name.
        if (!field.equals(selected) && (selected == null || !field.getName().equals(selected.getName()))) {
            throw new IllegalStateException("Selected was " + selected + ", read is " + field + ": the orders differ");
        }
        try {
            return (T) values.at(position++, field.getType());
        } catch (SQLException failure) {
            throw new IllegalStateException("Cannot read " + field, failure);
        }
    }

    @SuppressWarnings("NullAway") // Null where the column is, as in records.
    private static Object value(ResultSet rows, int column, Class<?> type) throws SQLException {
        if (type == String.class) {
            return rows.getString(column);
        }
        if (type == Instant.class) {
            OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
        if (type.isArray()) {
            Array array = rows.getArray(column);
            return array == null ? null : array.getArray();
        }
        if (type == Short.class) {
            short value = rows.getShort(column);
            return rows.wasNull() ? null : value;
        }
        return rows.getObject(column, type);
    }
}
