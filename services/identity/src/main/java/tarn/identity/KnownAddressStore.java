package tarn.identity;

import static tarn.identity.sql.Tables.APP_USER;
import static tarn.identity.sql.Tables.KNOWN_ADDRESS;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import tarn.identity.database.IdentityDatabase;

/// Stores the networks from which each user has signed in, the last 20 for 180 days: guessing from
/// elsewhere does not lock the user out of these ([tarn.identity.passwords.PasswordAttempts]).
@Singleton
class KnownAddressStore {

    static final int MAX_PER_USER = 20;
    static final Duration KEPT = Duration.ofDays(180);

    private final DSLContext sql;

    KnownAddressStore(IdentityDatabase database) {
        this.sql = database.database().sql();
    }

    /// Whether the account with this e-mail address has signed in from a network.
    boolean contains(User.Email email, String network) {
        return sql.fetchExists(sql.selectOne()
                .from(KNOWN_ADDRESS)
                .join(APP_USER)
                .on(APP_USER.ID.eq(KNOWN_ADDRESS.USER_ID))
                .where(APP_USER.EMAIL_KEY.in(email.key(), email.formerKey()), KNOWN_ADDRESS.NETWORK.eq(network)));
    }

    /// Records a sign-in from a network.
    @Transactional
    void put(User.Id user, String network, Instant now) {
        sql.insertInto(KNOWN_ADDRESS)
                .columns(KNOWN_ADDRESS.USER_ID, KNOWN_ADDRESS.NETWORK, KNOWN_ADDRESS.LAST_USED_AT)
                .select(sql.select(APP_USER.ID, DSL.val(network), DSL.val(now, KNOWN_ADDRESS.LAST_USED_AT))
                        .from(APP_USER)
                        .where(APP_USER.ID.eq(user.value())))
                .onConflict(KNOWN_ADDRESS.USER_ID, KNOWN_ADDRESS.NETWORK)
                .doUpdate()
                .set(KNOWN_ADDRESS.LAST_USED_AT, now)
                .execute();
        sql.deleteFrom(KNOWN_ADDRESS)
                .where(
                        KNOWN_ADDRESS.USER_ID.eq(user.value()),
                        KNOWN_ADDRESS.NETWORK.in(sql.select(KNOWN_ADDRESS.NETWORK)
                                .from(KNOWN_ADDRESS)
                                .where(KNOWN_ADDRESS.USER_ID.eq(user.value()))
                                .orderBy(KNOWN_ADDRESS.LAST_USED_AT.desc(), KNOWN_ADDRESS.NETWORK)
                                .offset(MAX_PER_USER)))
                .execute();
    }

    int deleteBefore(Instant timestamp) {
        return sql.deleteFrom(KNOWN_ADDRESS)
                .where(KNOWN_ADDRESS.LAST_USED_AT.lt(timestamp))
                .execute();
    }
}
