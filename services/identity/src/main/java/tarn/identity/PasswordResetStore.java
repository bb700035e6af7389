package tarn.identity;

import static tarn.identity.sql.Tables.PASSWORD_RESET;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import tarn.identity.database.IdentityDatabase;

/// SQL access to password resets, at most one per user.
@Singleton
final class PasswordResetStore {

    private final DSLContext sql;

    PasswordResetStore(IdentityDatabase database) {
        this.sql = database.database().sql();
    }

    /// Replaces an earlier one of the user.
    void put(PasswordReset reset, OpaqueSecret secret) {
        sql.insertInto(PASSWORD_RESET)
                .set(PASSWORD_RESET.ID, reset.id().value())
                .set(PASSWORD_RESET.USER_ID, reset.user().value())
                .set(PASSWORD_RESET.SECRET_HASH, secret.hash())
                .set(PASSWORD_RESET.CREATED_AT, reset.createdAt())
                .set(PASSWORD_RESET.EXPIRES_AT, reset.expiresAt())
                .onConflict(PASSWORD_RESET.USER_ID)
                .doUpdate()
                .setAllToExcluded()
                .execute();
    }

    Optional<PasswordReset> bySecret(OpaqueSecret secret) {
        return sql.selectFrom(PASSWORD_RESET)
                .where(PASSWORD_RESET.SECRET_HASH.eq(secret.hash()))
                .fetchOptional(row -> new PasswordReset(
                        new PasswordReset.Id(row.get(PASSWORD_RESET.ID)),
                        new User.Id(row.get(PASSWORD_RESET.USER_ID)),
                        row.get(PASSWORD_RESET.CREATED_AT),
                        row.get(PASSWORD_RESET.EXPIRES_AT)));
    }

    /// Deletes a reset; false when it was used or replaced meanwhile.
    boolean delete(PasswordReset.Id id) {
        return sql.deleteFrom(PASSWORD_RESET)
                        .where(PASSWORD_RESET.ID.eq(id.value()))
                        .execute()
                == 1;
    }

    void deleteOf(User.Id user) {
        sql.deleteFrom(PASSWORD_RESET)
                .where(PASSWORD_RESET.USER_ID.eq(user.value()))
                .execute();
    }

    int deleteExpired(Instant now) {
        return sql.deleteFrom(PASSWORD_RESET)
                .where(PASSWORD_RESET.EXPIRES_AT.le(now))
                .execute();
    }
}
