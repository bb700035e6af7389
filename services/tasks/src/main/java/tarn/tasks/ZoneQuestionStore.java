package tarn.tasks;

import static tarn.tasks.sql.Tables.ZONE_QUESTION;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/// SQL access to the creators of rows older than dates, kept until their time zone is known and the
/// rows are converted.
@Singleton
final class ZoneQuestionStore {

    /// A user whose rows must be converted.
    ///
    /// @param asked when dates were introduced; only rows last changed before are converted
    record Question(UUID user, Instant asked) {}

    private final DSLContext sql;

    ZoneQuestionStore(TasksDatabase database) {
        this.sql = database.database().sql();
    }

    List<Question> first(int limit) {
        return sql.selectFrom(ZONE_QUESTION)
                .orderBy(ZONE_QUESTION.USER_ID)
                .limit(limit)
                .fetch(row -> new Question(row.get(ZONE_QUESTION.USER_ID), row.get(ZONE_QUESTION.ASKED_AT)));
    }

    void answered(UUID user) {
        sql.deleteFrom(ZONE_QUESTION).where(ZONE_QUESTION.USER_ID.eq(user)).execute();
    }
}
