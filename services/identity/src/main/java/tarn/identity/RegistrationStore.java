package tarn.identity;

import static tarn.identity.sql.Tables.SETTING;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.event.Event;
import tarn.platform.event.Outbox;

/// SQL access to the registration setting and the hash of the used set-up token; events are
/// appended by the callers.
@Singleton
final class RegistrationStore {

    private static final String OPEN = "registration.open";
    private static final String INVITATIONS = "registration.invitations";
    private static final String USED_SETUP_TOKEN = "setup-token.used";

    private final Outbox outbox;
    private final DSLContext sql;

    RegistrationStore(IdentityDatabase database) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
    }

    /// The administrators' decision; empty before the first.
    Optional<Boolean> open() {
        return value(OPEN).map(value -> Boolean.parseBoolean(value.data()));
    }

    void put(boolean open) {
        put(OPEN, JSONB.valueOf(Boolean.toString(open)));
    }

    /// The administrators' decision who may invite; empty while it follows from [#open].
    Optional<RegistrationPolicy.Inviters> invitations() {
        return value(INVITATIONS)
                .map(value -> RegistrationPolicy.Inviters.valueOf(value.data().replace("\"", "")));
    }

    /// @param inviters null to let it follow from [#open]
    void put(RegistrationPolicy.@Nullable Inviters inviters) {
        if (inviters == null) {
            sql.deleteFrom(SETTING).where(SETTING.NAME.eq(INVITATIONS)).execute();
        } else {
            put(INVITATIONS, JSONB.valueOf('"' + inviters.name() + '"'));
        }
    }

    /// Hexadecimal hash of the set-up token last used to create an account.
    Optional<String> usedSetupToken() {
        return value(USED_SETUP_TOKEN).map(value -> value.data().replace("\"", ""));
    }

    void putUsedSetupToken(String hash) {
        put(USED_SETUP_TOKEN, JSONB.valueOf('"' + hash + '"'));
    }

    private Optional<JSONB> value(String name) {
        return sql.select(SETTING.VALUE)
                .from(SETTING)
                .where(SETTING.NAME.eq(name))
                .fetchOptional(SETTING.VALUE);
    }

    private void put(String name, JSONB value) {
        sql.insertInto(SETTING)
                .set(SETTING.NAME, name)
                .set(SETTING.VALUE, value)
                .onConflict(SETTING.NAME)
                .doUpdate()
                .set(SETTING.VALUE, value)
                .execute();
    }

    void append(UUID actor, RegistrationEvent event) {
        outbox.append(
                "registration", Event.of(event.type(), new UUID(0, 0), actor).saying(event));
    }
}
