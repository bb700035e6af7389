package tarn.platform.database;

import org.jooq.Field;
import org.jooq.Record;

/// Reads a row's fields in the order in which they were selected: looking each of them up costs more
/// than all else that is done with a row.
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
