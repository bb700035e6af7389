package tarn.tasks;

import static tarn.tasks.sql.Tables.ASSIGNEE;
import static tarn.tasks.sql.Tables.FORMER_MEMBER;
import static tarn.tasks.sql.Tables.MEMBER;
import static tarn.tasks.sql.Tables.PROJECT;
import static tarn.tasks.sql.Tables.TASK;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import tarn.platform.event.Event;
import tarn.platform.event.EventRows;
import tarn.platform.event.Outbox;

/// SQL access to memberships, and to who was a member before; each write of a membership appends
/// its event, removing and restoring one also those of its tasks.
@Singleton
final class MemberStore {

    /// A user's membership with what decides whether the user may leave.
    ///
    /// @param deleted whether the project is in the trash
    /// @param otherMember whether it has another member
    /// @param otherOwner whether it has another owner
    record Membership(
            Project.Id project,
            String projectName,
            Project.Role role,
            boolean deleted,
            boolean otherMember,
            boolean otherOwner) {

        /// Whether others would be left without an owner.
        boolean isNeeded() {
            return role == Project.Role.OWNER && !deleted && otherMember && !otherOwner;
        }
    }

    /// A task's project and a user's role in it.
    record TaskAccess(Task.Id task, Project.Id project, Project.Role role) {}

    /// Users named as those with whom a user shares a project.
    static final int MAX_COLLEAGUES = 10_000;

    /// Payload of a membership's events.
    static final EventRows EVENTS = EventRows.of("member", MEMBER, MEMBER.PROJECT_ID)
            .part(MEMBER.USER_ID)
            .value("projectId", MEMBER.PROJECT_ID)
            .value("userId", MEMBER.USER_ID)
            .value("role", MEMBER.ROLE)
            .value("addedAt", MEMBER.ADDED_AT);

    private final DSLContext sql;
    private final Outbox outbox;

    MemberStore(TasksDatabase database) {
        this.sql = database.database().sql();
        this.outbox = database.database().outbox();
    }

    /// Members, owners first, then by time of joining.
    List<Member> of(Project.Id project) {
        return sql.selectFrom(MEMBER)
                .where(MEMBER.PROJECT_ID.eq(project.value()))
                .orderBy(MEMBER.ROLE.eq("owner").desc(), MEMBER.ADDED_AT, MEMBER.USER_ID)
                .fetch(row -> new Member(
                        row.get(MEMBER.USER_ID),
                        ProjectStore.roleNamed(row.get(MEMBER.ROLE)),
                        row.get(MEMBER.ADDED_AT)));
    }

    /// All memberships of a user, including projects in the trash.
    List<Membership> membershipsOf(UUID user) {
        tarn.tasks.sql.tables.Member other = MEMBER.as("other");
        Condition others = other.PROJECT_ID.eq(PROJECT.ID).and(other.USER_ID.ne(user));
        Field<Boolean> otherMember =
                DSL.field(DSL.exists(DSL.selectOne().from(other).where(others)));
        Field<Boolean> otherOwner =
                DSL.field(DSL.exists(DSL.selectOne().from(other).where(others, other.ROLE.eq("owner"))));
        return sql.select(
                        PROJECT.ID, PROJECT.NAME, MEMBER.ROLE, PROJECT.DELETED_AT.isNotNull(), otherMember, otherOwner)
                .from(PROJECT)
                .join(MEMBER)
                .on(MEMBER.PROJECT_ID.eq(PROJECT.ID))
                .where(MEMBER.USER_ID.eq(user))
                .orderBy(PROJECT.ID)
                .fetch(row -> new Membership(
                        new Project.Id(row.value1()),
                        row.value2(),
                        ProjectStore.roleNamed(row.value3()),
                        row.value4(),
                        row.value5(),
                        row.value6()));
    }

    /// The projects that a user is a member of, including those in the trash.
    List<UUID> projects(UUID user) {
        return sql.select(MEMBER.PROJECT_ID)
                .from(MEMBER)
                .where(MEMBER.USER_ID.eq(user))
                .fetch(MEMBER.PROJECT_ID);
    }

    /// The other users with whom a user shares a project, those who joined last first; at most
    /// [#MAX_COLLEAGUES].
    List<UUID> colleagues(UUID user) {
        return sql.select(MEMBER.USER_ID)
                .from(MEMBER)
                .where(MEMBER.PROJECT_ID.in(projectsOf(user)), MEMBER.USER_ID.ne(user))
                .groupBy(MEMBER.USER_ID)
                .orderBy(DSL.max(MEMBER.ADDED_AT).desc(), MEMBER.USER_ID)
                .limit(MAX_COLLEAGUES)
                .fetch(MEMBER.USER_ID);
    }

    /// Those of these users who share a project with a user.
    Set<UUID> colleagues(UUID user, Collection<UUID> among) {
        return sql.selectDistinct(MEMBER.USER_ID)
                .from(MEMBER)
                .where(MEMBER.USER_ID.in(among), MEMBER.PROJECT_ID.in(projectsOf(user)))
                .fetchSet(MEMBER.USER_ID);
    }

    /// Those of these users who were members of a project that a user is a member of.
    Set<UUID> formerColleagues(UUID user, Collection<UUID> among) {
        return sql.selectDistinct(FORMER_MEMBER.USER_ID)
                .from(FORMER_MEMBER)
                .where(FORMER_MEMBER.USER_ID.in(among), FORMER_MEMBER.PROJECT_ID.in(projectsOf(user)))
                .fetchSet(FORMER_MEMBER.USER_ID);
    }

    private static Select<Record1<UUID>> projectsOf(UUID user) {
        tarn.tasks.sql.tables.Member own = MEMBER.as("own");
        return DSL.select(own.PROJECT_ID).from(own).where(own.USER_ID.eq(user));
    }

    /// The user's roles for the given tasks; tasks that are not visible, or are in the trash, are
    /// left out.
    List<TaskAccess> accesses(UUID user, Collection<Task.Id> tasks) {
        return sql.select(TASK.ID, TASK.PROJECT_ID, MEMBER.ROLE)
                .from(TASK)
                .join(MEMBER)
                .on(MEMBER.PROJECT_ID.eq(TASK.PROJECT_ID), MEMBER.USER_ID.eq(user))
                .join(PROJECT)
                .on(PROJECT.ID.eq(TASK.PROJECT_ID), PROJECT.DELETED_AT.isNull())
                .where(TASK.ID.eq(DSL.any(tasks.stream().map(Task.Id::value).toArray(UUID[]::new))))
                .and(TASK.DELETED_AT.isNull())
                .fetch(row -> new TaskAccess(
                        new Task.Id(row.value1()), new Project.Id(row.value2()), ProjectStore.roleNamed(row.value3())));
    }

    /// Adds a member or changes the role.
    ///
    /// @param by the user who does so
    void put(Project.Id project, Member member, UUID by, MemberEvent event) {
        String role = member.role().name().toLowerCase(Locale.ROOT);
        sql.insertInto(MEMBER, MEMBER.PROJECT_ID, MEMBER.USER_ID, MEMBER.ROLE, MEMBER.ADDED_AT)
                .values(project.value(), member.userId(), role, member.addedAt())
                .onConflict(MEMBER.PROJECT_ID, MEMBER.USER_ID)
                .doUpdate()
                .set(MEMBER.ROLE, role)
                .execute();
        outbox.append(EVENTS, Event.of(event.type(), project.value(), by).part(member.userId()));
    }

    /// Forgets of which projects a user was a member.
    void forgetFormer(UUID user) {
        sql.deleteFrom(FORMER_MEMBER).where(FORMER_MEMBER.USER_ID.eq(user)).execute();
    }

    /// Writes a member whose assignments to these tasks are restored, where the tasks still are and
    /// have room.
    ///
    /// @param by the user who does so
    void restore(Project.Id project, Member member, List<UUID> tasks, UUID by, MemberEvent event) {
        List<UUID> there = TaskStore.lock(sql, TaskStore.inProject(project, tasks));
        put(project, member, by, event);
        List<UUID> assigned = sql.insertInto(ASSIGNEE, ASSIGNEE.TASK_ID, ASSIGNEE.PROJECT_ID, ASSIGNEE.USER_ID)
                .select(DSL.select(TASK.ID, TASK.PROJECT_ID, DSL.val(member.userId()))
                        .from(TASK)
                        .where(TASK.ID.eq(DSL.any(there.toArray(UUID[]::new))))
                        .and(DSL.field(DSL.selectCount().from(ASSIGNEE).where(ASSIGNEE.TASK_ID.eq(TASK.ID)))
                                .lt(Task.MAX_ASSIGNEES)))
                .onConflictDoNothing()
                .returning(ASSIGNEE.TASK_ID)
                .fetch(ASSIGNEE.TASK_ID);
        outbox.append(TaskStore.EVENTS, TaskStore.events(assigned, by, TaskEvent.CHANGED));
    }

    /// Removes a member and the member's assignments in the project.
    ///
    /// @param by the user who does so
    /// @return the tasks that were assigned to the member
    List<UUID> remove(Project.Id project, UUID user, UUID by) {
        Condition member = MEMBER.PROJECT_ID.eq(project.value()).and(MEMBER.USER_ID.eq(user));
        Condition assigned = ASSIGNEE.PROJECT_ID.eq(project.value()).and(ASSIGNEE.USER_ID.eq(user));
        // Tasks before the member, as by those who assign; then those tasks that were assigned meanwhile.
        TaskStore.lock(sql, DSL.select(ASSIGNEE.TASK_ID).from(ASSIGNEE).where(assigned));
        sql.selectOne().from(MEMBER).where(member).forUpdate().fetch();
        List<UUID> tasks =
                TaskStore.lock(sql, DSL.select(ASSIGNEE.TASK_ID).from(ASSIGNEE).where(assigned));
        sql.deleteFrom(MEMBER).where(member).execute();
        sql.insertInto(FORMER_MEMBER, FORMER_MEMBER.PROJECT_ID, FORMER_MEMBER.USER_ID)
                .values(project.value(), user)
                .onConflictDoNothing()
                .execute();
        outbox.append(
                "member",
                Event.of(MemberEvent.REMOVED.type(), project.value(), by)
                        .part(user)
                        .saying(Map.of("projectId", project.value(), "userId", user)));
        outbox.append(TaskStore.EVENTS, TaskStore.events(tasks, by, TaskEvent.CHANGED));
        return tasks;
    }
}
