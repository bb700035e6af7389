package tarn.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.RecordMapper;
import org.jooq.Select;

/// A query whose text is written once and then only run: for the few that are asked so often that
/// writing the text would cost more than all the rest of the answer.
///
/// What changes from run to run are its named parameters ([org.jooq.impl.DSL#param]), each of which
/// may occur once; their values are given in the order in which they stand in the text.
public final class RenderedQuery {

    private final DSLContext sql;
    private final String text;
    private final Field<?>[] fields;
    private final List<? extends Param<?>> parameters;

    /// @param fields what the query selects; taken from it they would be those of a derived table
    public RenderedQuery(DSLContext sql, List<? extends Field<?>> fields, Select<?> query) {
        this.sql = sql;
        this.text = sql.render(query);
        this.fields = fields.toArray(Field<?>[]::new);
        this.parameters = sql.extractParams(query).values().stream()
                .filter(parameter -> !parameter.isInline())
                .toList();
    }

    /// Its one row, if there is one.
    ///
    /// @param values of types that JDBC knows, one for each parameter
    public <T> Optional<T> fetchOptional(RecordMapper<Record, T> shape, Object... values) {
        List<T> rows = fetch(shape, values);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /// All its rows.
    ///
    /// @param values of types that JDBC knows or arrays of UUIDs or texts, one for each parameter
    public <T> List<T> fetch(RecordMapper<Record, T> shape, Object... values) {
        return run(values, rows -> sql.fetch(rows, fields).map(shape));
    }

    /// All its rows, without making records of them.
    ///
    /// @param shape reads the fields in their order
    /// @param values as of [#fetch]
    public <T> List<T> read(Function<RowReader, T> shape, Object... values) {
        return run(values, rows -> {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(shape.apply(new RowReader(fields, rows)));
            }
            return all;
        });
    }

    @FunctionalInterface
    private interface RowsReader<T> {
        List<T> all(ResultSet rows) throws SQLException;
    }

    private <T> List<T> run(Object[] values, RowsReader<T> reading) {
        if (values.length != parameters.size()) {
            throw new IllegalArgumentException("Not " + values.length + " but these parameters: " + parameters);
        }
        return sql.connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, jdbc(connection, values[i]));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    return reading.all(rows);
                }
            }
        });
    }

    private static Object jdbc(Connection connection, Object value) throws SQLException {
        return switch (value) {
            case UUID[] ids -> connection.createArrayOf("uuid", ids);
            case String[] texts -> connection.createArrayOf("text", texts);
            default -> value;
        };
    }
}
