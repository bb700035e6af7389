package tarn.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.codegen.JavaGenerator;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;
import org.jooq.meta.postgres.PostgresDatabase;
import tarn.platform.database.DatabaseUrl;

/// Generates each service's jOOQ classes and `docs/schema.md` from the migrations, for `./tarn
/// schema`.
public final class SchemaGenerator {

    private final Repository repository;
    private final DatabaseUrl database;

    /// @param project the repository's root
    public SchemaGenerator(Path project) throws SQLException {
        this.repository = new Repository(project);
        this.database = TestDatabase.empty("schema");
    }

    /// @param arguments the repository's root
    public static void main(String[] arguments) throws Exception {
        Path project = Path.of(arguments[0]);
        new SchemaGenerator(project).write(project);
    }

    /// @param target the folder that gets `services/<name>/src/generated/java` and `docs/schema.md`
    public void write(Path target) throws Exception {
        StringBuilder docs = new StringBuilder("# The schema\n\nWritten by `./tarn schema` from the migrations. "
                + "One PostgreSQL, one schema for each service; no service reads another's.\n");
        for (String service : repository.servicesWithMigrations()) {
            migrate(service);
            generate(service, target);
            document(service, docs);
        }
        Files.createDirectories(target.resolve("docs"));
        Files.writeString(target.resolve("docs/schema.md"), docs);
    }

    private void migrate(String service) {
        Flyway.configure()
                .dataSource(database.jdbc(), database.user(), "postgres")
                .schemas(service)
                .locations(
                        "filesystem:" + repository.platformMigrations(), "filesystem:" + repository.migrations(service))
                .validateMigrationNaming(false)
                .load()
                .migrate();
    }

    private void generate(String service, Path target) throws Exception {
        Path folder = target.resolve("services").resolve(service).resolve("src/generated/java");
        GenerationTool.generate(new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(new Jdbc()
                        .withUrl(database.jdbc())
                        .withUser(database.user())
                        .withPassword("postgres"))
                .withGenerator(new Generator()
                        .withName(JavaGenerator.class.getName())
                        .withDatabase(new Database()
                                .withName(PostgresDatabase.class.getName())
                                .withInputSchema(service)
                                .withIncludeExcludeColumns(true)
                                .withExcludes(
                                        "flyway_schema_history|outbox.*|feed_cursor|job_fence|analyze_table|idempotency_key|derived_columns|search")
                                .withForcedTypes(
                                        new ForcedType().withName("INSTANT").withIncludeTypes("timestamptz")))
                        .withGenerate(new Generate()
                                .withRecords(false)
                                .withPojos(false)
                                .withDaos(false)
                                .withGeneratedAnnotation(false)
                                .withGlobalCatalogReferences(false)
                                .withComments(false))
                        .withTarget(new Target()
                                .withPackageName("tarn." + service + ".sql")
                                .withDirectory(folder.toString())
                                .withClean(true))));
    }

    private void document(String service, StringBuilder docs) throws SQLException {
        docs.append("\n## ").append(service).append("\n\n```mermaid\nerDiagram\n");
        StringBuilder tables = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(database.jdbc(), database.user(), "postgres");
                Statement statement = connection.createStatement()) {
            for (String[] key : rows(
                    statement,
                    "select distinct c.confrelid::regclass::text, c.conrelid::regclass::text, c.conname"
                            + " from pg_constraint c where c.contype = 'f' and c.connamespace = '" + service
                            + "'::regnamespace order by 1, 2, 3")) {
                docs.append("    ").append(plain(key[0])).append(" ||--o{ ").append(plain(key[1]));
                docs.append(" : ").append(key[2]).append('\n');
            }
            for (String[] table : rows(
                    statement,
                    "select c.oid::text, c.relname, coalesce(obj_description(c.oid), '') from pg_class c"
                            + " where c.relkind = 'r' and c.relnamespace = '" + service
                            + "'::regnamespace and c.relname <> 'flyway_schema_history' order by 2")) {
                docs.append("    ").append(table[1]).append(" {\n");
                tables.append("\n### ").append(table[1]).append("\n\n").append(table[2]);
                tables.append("\n\n| column | type | null | default | meaning |\n|---|---|---|---|---|\n");
                for (String[] column : rows(
                        statement,
                        "select a.attname, format_type(a.atttypid, a.atttypmod),"
                                + " case when a.attnotnull then '' else 'yes' end,"
                                + " case when a.attidentity <> '' then 'identity' when a.attgenerated <> '' then 'generated'"
                                + " else coalesce(pg_get_expr(d.adbin, d.adrelid), '') end,"
                                + " coalesce(col_description(a.attrelid, a.attnum), '')"
                                + " from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum"
                                + " where a.attrelid = " + table[0]
                                + " and a.attnum > 0 and not a.attisdropped order by a.attnum")) {
                    docs.append("        ").append(column[1].replace(' ', '_').replace("[]", "_array"));
                    docs.append(' ').append(column[0]).append('\n');
                    tables.append("| ").append(String.join(" | ", column)).append(" |\n");
                }
                docs.append("    }\n");
            }
        }
        docs.append("```\n").append(tables);
    }

    private static String plain(String table) {
        return table.substring(table.indexOf('.') + 1);
    }

    private static List<String[]> rows(Statement statement, String query) throws SQLException {
        List<String[]> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                String[] row = new String[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = result.getString(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
