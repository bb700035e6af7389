package tarn.posts;

import static tarn.posts.sql.Tables.POST;
import static tarn.posts.sql.Tables.UNANNOUNCED_POST;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import tarn.platform.event.Event;
import tarn.platform.event.Outbox;

/// SQL that deletes posts for good, replies before what they reply to, and appends an event for
/// each that events have told of.
@Singleton
final class PostPurgeStore {

    private static final tarn.posts.sql.tables.Post PARENT = POST.as("parent");
    private static final tarn.posts.sql.tables.Post REPLY = POST.as("reply");

    private final Outbox outbox;
    private final DSLContext sql;

    PostPurgeStore(PostsDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    /// Deletes posts that went to the trash before a timestamp, with their replies.
    int purge(Instant deletedBefore, int most) {
        return purge(
                POST.DELETED_AT.lt(deletedBefore),
                POST.PARENT_ID.in(DSL.select(PARENT.ID).from(PARENT).where(PARENT.DELETED_AT.lt(deletedBefore))),
                most);
    }

    /// Deletes posts in projects and on tasks, in the trash or not.
    int purge(Collection<UUID> projects, Collection<UUID> tasks, int most) {
        return purge(POST.PROJECT_ID.in(projects), POST.TASK_ID.in(tasks), most);
    }

    /// Deletes posts in a project of which no event tells.
    int purgeUnannounced(UUID project, int most) {
        Condition unannounced =
                DSL.exists(DSL.selectOne().from(UNANNOUNCED_POST).where(UNANNOUNCED_POST.POST_ID.eq(POST.ID)));
        return purge(POST.PROJECT_ID.eq(project).and(unannounced), DSL.falseCondition(), most);
    }

    /// Deletes posts that meet either condition and have no replies; those they reply to are next.
    private int purge(Condition one, Condition other, int most) {
        Condition withoutReplies = DSL.notExists(DSL.selectOne().from(REPLY).where(REPLY.PARENT_ID.eq(POST.ID)));
        List<UUID> locked = sql.select(POST.ID)
                .from(POST)
                .where(one.or(other), withoutReplies)
                .orderBy(POST.ID)
                .limit(most)
                .forUpdate()
                .skipLocked()
                .fetch(POST.ID);
        // Of these nobody has been told that they exist.
        Set<UUID> unannounced = sql.deleteFrom(UNANNOUNCED_POST)
                .where(UNANNOUNCED_POST.POST_ID.in(locked))
                .returning(UNANNOUNCED_POST.POST_ID)
                .fetchSet(UNANNOUNCED_POST.POST_ID);
        List<Event> events = new ArrayList<>();
        sql.deleteFrom(POST)
                .where(POST.ID.in(locked))
                .returning(POST.ID, POST.PROJECT_ID, POST.PUBLISHED_AT)
                .fetch()
                .forEach(row -> {
                    if (row.get(POST.PUBLISHED_AT) != null && !unannounced.contains(row.get(POST.ID))) {
                        events.add(Event.of("post.purged", row.get(POST.ID), null)
                                .saying(Map.of("projectId", row.get(POST.PROJECT_ID))));
                    }
                });
        outbox.append("post", events);
        return locked.size();
    }
}
