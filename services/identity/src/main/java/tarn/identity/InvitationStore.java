package tarn.identity;

import static tarn.identity.sql.Tables.INVITATION;
import static tarn.identity.sql.Tables.INVITATION_USE;
import static tarn.identity.sql.Tables.INVITED_USER;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.database.Keyset;
import tarn.platform.event.Event;
import tarn.platform.event.Outbox;
import tarn.platform.http.Page;

/// SQL access to invitations, of which only the hash of the secret is stored, and to the users who
/// accepted them. Events are appended by the callers, but for those of [#revokeAll].
@Singleton
final class InvitationStore {

    /// How far a user's acceptance has got.
    enum Use {
        /// Counted; the membership may not have been written.
        BEGUN,
        COMPLETED
    }

    /// Users found as those whom a user has invited.
    static final int MAX_INVITED = 10_000;

    private static final Map<String, Field<?>> SORTABLE = Map.of("createdAt", INVITATION.CREATED_AT);

    private final Outbox outbox;
    private final DSLContext sql;

    InvitationStore(IdentityDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    void insert(Invitation invitation, OpaqueSecret secret) {
        Invitation.MemberRole role = invitation.role();
        sql.insertInto(INVITATION)
                .set(INVITATION.ID, invitation.id().value())
                .set(INVITATION.CREATED_BY, invitation.createdBy().value())
                .set(INVITATION.PROJECT_ID, invitation.project())
                .set(INVITATION.ROLE, role == null ? null : role.name().toLowerCase(Locale.ROOT))
                .set(INVITATION.SECRET_HASH, secret.hash())
                .set(INVITATION.MAX_USES, invitation.maxUses())
                .set(INVITATION.CREATED_AT, invitation.createdAt())
                .set(INVITATION.EXPIRES_AT, invitation.expiresAt())
                .execute();
    }

    Optional<Invitation> bySecret(OpaqueSecret secret) {
        return sql.selectFrom(INVITATION)
                .where(INVITATION.SECRET_HASH.eq(secret.hash()))
                .fetchOptional(InvitationStore::invitation);
    }

    /// The invitation, locked until the end of the transaction.
    Optional<Invitation> locked(Invitation.Id id) {
        return sql.selectFrom(INVITATION)
                .where(INVITATION.ID.eq(id.value()))
                .forUpdate()
                .fetchOptional(InvitationStore::invitation);
    }

    /// The invitations of a user, newest first, including recently expired ones.
    Page<Invitation> of(User.Id creator, @Nullable UUID project, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, INVITATION.ID, "-createdAt", cursor, limit);
        Condition wanted = INVITATION.CREATED_BY.eq(creator.value());
        return keyset.page(
                sql.select(INVITATION.fields())
                        .select(keyset.fields())
                        .from(INVITATION)
                        .where(project == null ? wanted : wanted.and(INVITATION.PROJECT_ID.eq(project))),
                InvitationStore::invitation);
    }

    int countLive(User.Id creator, Instant now) {
        return sql.fetchCount(
                INVITATION,
                INVITATION.CREATED_BY.eq(creator.value()),
                INVITATION.REVOKED_AT.isNull(),
                INVITATION.EXPIRES_AT.gt(now),
                INVITATION.USES.lt(INVITATION.MAX_USES));
    }

    void revoke(Invitation invitation) {
        sql.update(INVITATION)
                .set(INVITATION.REVOKED_AT, invitation.revokedAt())
                .where(INVITATION.ID.eq(invitation.id().value()))
                .execute();
    }

    /// Revokes all invitations of a user that can still be used.
    void revokeAll(User.Id creator, UUID actor, Instant now) {
        sql.update(INVITATION)
                .set(INVITATION.REVOKED_AT, now)
                .where(INVITATION.CREATED_BY.eq(creator.value()), INVITATION.REVOKED_AT.isNull())
                .returning(INVITATION.ID)
                .fetch(INVITATION.ID)
                .forEach(id -> append(new Invitation.Id(id), actor, new InvitationEvent.Revoked(creator.value())));
    }

    Optional<Use> use(Invitation.Id id, User.Id user) {
        return sql.select(INVITATION_USE.COMPLETED_AT)
                .from(INVITATION_USE)
                .where(INVITATION_USE.INVITATION_ID.eq(id.value()), INVITATION_USE.USER_ID.eq(user.value()))
                .fetchOptional(row -> row.value1() == null ? Use.BEGUN : Use.COMPLETED);
    }

    /// The users who have accepted an invitation of a user; at most [#MAX_INVITED].
    Set<UUID> invitedBy(User.Id inviter) {
        return sql.select(INVITED_USER.USER_ID)
                .from(INVITED_USER)
                .where(INVITED_USER.INVITED_BY.eq(inviter.value()))
                .orderBy(INVITED_USER.USER_ID.desc())
                .limit(MAX_INVITED)
                .fetchSet(INVITED_USER.USER_ID);
    }

    /// Those of these users who have accepted an invitation of a user.
    Set<UUID> invitedBy(User.Id inviter, Collection<UUID> among) {
        return sql.select(INVITED_USER.USER_ID)
                .from(INVITED_USER)
                .where(INVITED_USER.INVITED_BY.eq(inviter.value()), INVITED_USER.USER_ID.in(among))
                .fetchSet(INVITED_USER.USER_ID);
    }

    /// Counts a new user of a locked invitation.
    void begin(Invitation invitation, User.Id user, Instant now) {
        UUID id = invitation.id().value();
        sql.insertInto(INVITED_USER)
                .set(INVITED_USER.INVITED_BY, invitation.createdBy().value())
                .set(INVITED_USER.USER_ID, user.value())
                .onConflictDoNothing()
                .execute();
        sql.insertInto(INVITATION_USE)
                .set(INVITATION_USE.INVITATION_ID, id)
                .set(INVITATION_USE.USER_ID, user.value())
                .set(INVITATION_USE.USED_AT, now)
                .execute();
        sql.update(INVITATION)
                .set(INVITATION.USES, INVITATION.USES.plus(1))
                .where(INVITATION.ID.eq(id))
                .execute();
    }

    void complete(Invitation.Id id, User.Id user, Instant now) {
        sql.update(INVITATION_USE)
                .set(INVITATION_USE.COMPLETED_AT, now)
                .where(INVITATION_USE.INVITATION_ID.eq(id.value()), INVITATION_USE.USER_ID.eq(user.value()))
                .execute();
    }

    /// Deletes invitations that ended before a timestamp.
    int deleteEndedBefore(Instant timestamp) {
        return sql.deleteFrom(INVITATION)
                .where(INVITATION.EXPIRES_AT.lt(timestamp).or(INVITATION.REVOKED_AT.lt(timestamp)))
                .execute();
    }

    void append(Invitation.Id id, UUID actor, InvitationEvent event) {
        outbox.append("invitation", Event.of(event.type(), id.value(), actor).saying(event));
    }

    private static Invitation invitation(Record row) {
        String role = row.get(INVITATION.ROLE);
        return new Invitation(
                new Invitation.Id(row.get(INVITATION.ID)),
                new User.Id(row.get(INVITATION.CREATED_BY)),
                row.get(INVITATION.PROJECT_ID),
                role == null ? null : Invitation.MemberRole.valueOf(role.toUpperCase(Locale.ROOT)),
                row.get(INVITATION.MAX_USES),
                row.get(INVITATION.USES),
                row.get(INVITATION.CREATED_AT),
                row.get(INVITATION.EXPIRES_AT),
                row.get(INVITATION.REVOKED_AT));
    }
}
