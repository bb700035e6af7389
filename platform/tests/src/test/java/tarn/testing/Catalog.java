package tarn.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import tarn.platform.database.DatabaseUrl;

/// A database's structure and grants as sorted lines of text, to be compared.
public final class Catalog {

    private static final String OURS = " not in ('pg_catalog', 'information_schema', 'pg_toast') ";

    private static final List<String> SCHEMA = List.of(
            """
            select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_' and nspname""" + OURS,
            """
            select 'column ' || table_schema || '.' || c.table_name || '.' || c.column_name
                || ' ' || c.udt_name || ' ' || c.is_nullable || ' ' || coalesce(c.column_default, '')
                || ' ' || c.is_identity || ' ' || coalesce(c.generation_expression, '')
                || ' ' || coalesce(c.collation_name, '')
            from information_schema.columns c where table_schema""" + OURS,
            """
            select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(c.oid)
            from pg_constraint c join pg_namespace n on n.oid = connamespace where nspname""" + OURS,
            "select 'index ' || indexdef from pg_indexes where schemaname" + OURS,
            """
            select 'comment ' || objoid::regclass || ' ' || objsubid || ' ' || description
            from pg_description d join pg_class c on c.oid = objoid and classoid = 'pg_class'::regclass
            join pg_namespace n on n.oid = relnamespace where nspname""" + OURS,
            """
            select 'function ' || p.oid::regprocedure || ' ' || md5(pg_get_functiondef(p.oid))
            from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname""" + OURS,
            """
            select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t where not tgisinternal""");

    private static final List<String> GRANTS = List.of("""
            select 'role ' || rolname || ': ' || concat_ws(' ', case when rolcanlogin then 'login' else 'no login' end,
                case when rolsuper then 'SUPERUSER' end, case when rolcreaterole then 'CREATEROLE' end,
                case when rolcreatedb then 'CREATEDB' end, case when rolbypassrls then 'BYPASSRLS' end)
            from pg_roles where rolname like 'tarn\\_%' and exists
                (select from pg_namespace n where rolname in ('tarn_' || nspname, 'tarn_' || nspname || '_owner'))""", """
            select 'role ' || m.rolname || ' is in ' || r.rolname from pg_auth_members a
            join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
            where m.rolname like 'tarn\\_%'""", """
            select 'schema ' || nspname || ': ' || coalesce(g.rolname, 'everybody') || ' may '
                || string_agg(privilege_type, ', ' order by privilege_type)
            from pg_namespace, aclexplode(nspacl) a left join pg_roles g on g.oid = a.grantee
            where nspname !~ '^pg_' and nspname <> 'information_schema' group by nspname, g.rolname""", """
            select case relkind when 'S' then 'sequence ' else 'table ' end || nspname || '.' || relname || ': '
                || coalesce(g.rolname, 'everybody') || ' may '
                || string_agg(privilege_type, ', ' order by privilege_type)
            from pg_class c join pg_namespace n on n.oid = relnamespace, aclexplode(relacl) a
            left join pg_roles g on g.oid = a.grantee
            where nspname !~ '^pg_' and nspname <> 'information_schema' and a.grantee <> relowner
            group by relkind, nspname, relname, g.rolname""", """
            select 'function ' || p.oid::regprocedure || ': ' || coalesce(g.rolname, 'everybody') || ' may '
                || string_agg(privilege_type, ', ' order by privilege_type)
            from pg_proc p join pg_namespace n on n.oid = pronamespace,
                aclexplode(coalesce(proacl, acldefault('f', proowner))) a left join pg_roles g on g.oid = a.grantee
            where nspname !~ '^pg_' and nspname <> 'information_schema' and a.grantee <> proowner
            group by p.oid, g.rolname""", """
            select 'later ' || case defaclobjtype when 'S' then 'sequences' when 'r' then 'tables' else 'others' end
                || ' of ' || o.rolname || ' in ' || nspname || ': ' || coalesce(g.rolname, 'everybody') || ' may '
                || string_agg(privilege_type, ', ' order by privilege_type)
            from pg_default_acl d join pg_roles o on o.oid = defaclrole
            join pg_namespace n on n.oid = defaclnamespace, aclexplode(defaclacl) a
            left join pg_roles g on g.oid = a.grantee
            group by defaclobjtype, o.rolname, nspname, g.rolname""");

    private Catalog() {}

    /// Tables, columns, constraints, indexes, comments, functions and triggers.
    public static String schema(DatabaseUrl database) throws SQLException {
        return lines(database, SCHEMA);
    }

    /// Who may do what, and what roles there are.
    public static String grants(DatabaseUrl database) throws SQLException {
        return lines(database, GRANTS);
    }

    private static String lines(DatabaseUrl database, List<String> queries) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (Connection connection = TestDatabase.connect(database);
                Statement statement = connection.createStatement()) {
            for (String query : queries) {
                try (ResultSet rows = statement.executeQuery(
                        "select line from (" + query + ") as found (line) order by line collate \"C\"")) {
                    while (rows.next()) {
                        lines.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return lines.toString();
    }
}
