package tarn.platform.database;

import org.jooq.Field;
import org.jooq.Record;

/// Reads the fields of a jOOQ record by position, in the order selected, because lookup by field
/// dominates the cost of mapping.
public final class RowReader {

    private final Record row;
    private int position;

    /// Begins at the row's first field.
    public RowReader(Record row) {
        this.row = row;
    }

    /// The value of the next field.
    ///
    /// @throws IllegalStateException when another field is next
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T next(Field<T> field) {
        Field<?> selected = row.field(position);
        // By name, too: a list selects long texts by an expression of the same name.
        if (!field.equals(selected) && (selected == null || !field.getName().equals(selected.getName()))) {
            throw new IllegalStateException("Selected was " + selected + ", read is " + field + ": the orders differ");
        }
        return (T) row.get(position++);
    }
}
