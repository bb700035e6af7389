package tarn.tasks;

import static tarn.tasks.sql.Tables.MEMBER;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jooq.DSLContext;

/// The table of members.
@Singleton
final class MemberStore {

    private final DSLContext sql;

    MemberStore(TasksDatabase database) {
        this.sql = database.database().sql();
    }

    /// Owners first, then in the order they came.
    List<Member> of(Project.Id project) {
        return sql.selectFrom(MEMBER)
                .where(MEMBER.PROJECT_ID.eq(project.value()))
                .orderBy(MEMBER.ROLE.eq("owner").desc(), MEMBER.ADDED_AT, MEMBER.USER_ID)
                .fetch(row -> new Member(
                        row.get(MEMBER.USER_ID),
                        ProjectStore.roleNamed(row.get(MEMBER.ROLE)),
                        row.get(MEMBER.ADDED_AT)));
    }

    /// Adds the member, or changes the role of one who is there.
    void put(Project.Id project, Member member) {
        String role = member.role().name().toLowerCase(Locale.ROOT);
        sql.insertInto(MEMBER, MEMBER.PROJECT_ID, MEMBER.USER_ID, MEMBER.ROLE, MEMBER.ADDED_AT)
                .values(project.value(), member.userId(), role, member.addedAt())
                .onConflict(MEMBER.PROJECT_ID, MEMBER.USER_ID)
                .doUpdate()
                .set(MEMBER.ROLE, role)
                .execute();
    }

    void remove(Project.Id project, UUID user) {
        sql.deleteFrom(MEMBER)
                .where(MEMBER.PROJECT_ID.eq(project.value()), MEMBER.USER_ID.eq(user))
                .execute();
    }
}
