package tarn.posts;

import static tarn.posts.sql.Tables.DISCARDED_IMPORT;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// SQL access to discarded imports, which may create no more posts, by the ids of their projects. They
/// are kept for a day, longer than a request can run; an advisory lock lets a discard wait for posts
/// that are being created.
@Singleton
final class DiscardedImportStore {

    static final Duration KEPT = Duration.ofDays(1);

    private final DSLContext sql;
    private final Clock clock;

    DiscardedImportStore(PostsDatabase database, Clock clock) {
        this.sql = database.database().sql();
        this.clock = clock;
    }

    /// Refuses further posts of an import, after those that are being created (advisory lock).
    void add(UUID project) {
        sql.select(DSL.field("pg_advisory_xact_lock(hashtextextended({0}, 0))", DSL.val(lock(project))))
                .fetch();
        Instant now = clock.instant();
        sql.deleteFrom(DISCARDED_IMPORT)
                .where(DISCARDED_IMPORT.DISCARDED_AT.le(now.minus(KEPT)))
                .execute();
        sql.insertInto(DISCARDED_IMPORT)
                .set(DISCARDED_IMPORT.PROJECT_ID, project)
                .set(DISCARDED_IMPORT.DISCARDED_AT, now)
                .onConflict(DISCARDED_IMPORT.PROJECT_ID)
                .doUpdate()
                .set(DISCARDED_IMPORT.DISCARDED_AT, now)
                .execute();
    }

    /// Whether an import may create posts, and if so delays its discarding until the end of the transaction.
    boolean admits(UUID project) {
        sql.select(DSL.field("pg_advisory_xact_lock_shared(hashtextextended({0}, 0))", DSL.val(lock(project))))
                .fetch();
        return !sql.fetchExists(DISCARDED_IMPORT, DISCARDED_IMPORT.PROJECT_ID.eq(project));
    }

    private static String lock(UUID project) {
        return "imports into " + project;
    }
}
