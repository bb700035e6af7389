package tarn.tasks;

import static tarn.tasks.sql.Tables.ZONE_QUESTION;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/// The table of users who created rows before dates, until their time zone is known and the rows are converted.
@Singleton
final class ZoneQuestionStore {

    /// A user whose rows are to be converted.
    ///
    /// @param asked when dates came: only what was last changed before that is converted
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
