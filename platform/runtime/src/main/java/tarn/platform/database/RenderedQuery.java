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

/// A jOOQ query rendered to SQL once and run many times, for hot reads where rendering costs more
/// than the rest.
///
/// Its variables are named parameters ([org.jooq.impl.DSL#param]), each used once; values are
/// passed in the order of the text.
public final class RenderedQuery {

    private final DSLContext sql;
    private final String text;
    private final Field<?>[] fields;
    private final List<? extends Param<?>> parameters;

    /// @param fields those the query selects, given again because the query itself would return
    /// them as fields of a derived table
    public RenderedQuery(DSLContext sql, List<? extends Field<?>> fields, Select<?> query) {
        this.sql = sql;
        this.text = sql.render(query);
        this.fields = fields.toArray(Field<?>[]::new);
        this.parameters = sql.extractParams(query).values().stream()
                .filter(parameter -> !parameter.isInline())
                .toList();
    }

    /// Its single row, if any.
    ///
    /// @param values of JDBC types, one for each parameter
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
