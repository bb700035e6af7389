package tarn.tasks;

import static tarn.tasks.sql.Tables.REMOVED_ROW;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;

/// SQL access to copies of removed members, labels and sections, each with its tasks, which can be
/// taken back for 30 days.
@Singleton
final class RemovedRowStore {

    /// How long a removed row is kept.
    static final Duration KEPT = Duration.ofDays(30);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> CONTENT = new TypeReference<>() {};

    /// What can be removed and restored.
    enum Kind {
        MEMBER,
        LABEL,
        SECTION;

        private String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A removed row.
    ///
    /// @param content columns by name, as text
    /// @param tasks that were assigned to the member, had the label or were in the section
    record RemovedRow(Map<String, String> content, List<UUID> tasks) {

        String text(String column) {
            return content.getOrDefault(column, "");
        }

        long version() {
            return Long.parseLong(text("version"));
        }
    }

    private final DSLContext sql;
    private final Clock clock;

    RemovedRowStore(TasksDatabase database, Clock clock) {
        this.sql = database.database().sql();
        this.clock = clock;
    }

    /// Keeps a row that the present transaction removes, and deletes those kept for longer than
    /// [#KEPT].
    void keep(Project.Id project, Kind kind, UUID id, RemovedRow row) {
        Instant now = clock.instant();
        JSONB content = json(row.content());
        UUID[] tasks = row.tasks().toArray(UUID[]::new);
        sql.deleteFrom(REMOVED_ROW)
                .where(REMOVED_ROW.REMOVED_AT.le(now.minus(KEPT)))
                .execute();
        sql.insertInto(REMOVED_ROW)
                .set(REMOVED_ROW.PROJECT_ID, project.value())
                .set(REMOVED_ROW.KIND, kind.column())
                .set(REMOVED_ROW.ID, id)
                .set(REMOVED_ROW.CONTENT, content)
                .set(REMOVED_ROW.TASKS, tasks)
                .set(REMOVED_ROW.REMOVED_AT, now)
                .onConflict(REMOVED_ROW.PROJECT_ID, REMOVED_ROW.KIND, REMOVED_ROW.ID)
                .doUpdate()
                .set(REMOVED_ROW.CONTENT, content)
                .set(REMOVED_ROW.TASKS, tasks)
                .set(REMOVED_ROW.REMOVED_AT, now)
                .execute();
    }

    /// A row to restore, which is kept no longer; empty when there is none.
    Optional<RemovedRow> take(Project.Id project, Kind kind, UUID id) {
        return sql.deleteFrom(REMOVED_ROW)
                .where(
                        REMOVED_ROW.PROJECT_ID.eq(project.value()),
                        REMOVED_ROW.KIND.eq(kind.column()),
                        REMOVED_ROW.ID.eq(id),
                        REMOVED_ROW.REMOVED_AT.gt(clock.instant().minus(KEPT)))
                .returning(REMOVED_ROW.CONTENT, REMOVED_ROW.TASKS)
                .fetchOptional(row ->
                        new RemovedRow(content(row.get(REMOVED_ROW.CONTENT)), List.of(row.get(REMOVED_ROW.TASKS))));
    }

    /// Deletes what is kept of a user's memberships.
    void forget(UUID user) {
        sql.deleteFrom(REMOVED_ROW)
                .where(REMOVED_ROW.KIND.eq(Kind.MEMBER.column()), REMOVED_ROW.ID.eq(user))
                .execute();
    }

    private static JSONB json(Map<String, String> content) {
        try {
            return JSONB.valueOf(JSON.writeValueAsString(content));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A map of texts is JSON", impossible);
        }
    }

    private static Map<String, String> content(JSONB json) {
        try {
            return JSON.readValue(json.data(), CONTENT);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("A removed row cannot be read", damaged);
        }
    }
}
