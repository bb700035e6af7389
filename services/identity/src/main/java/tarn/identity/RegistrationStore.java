package tarn.identity;

import static tarn.identity.sql.Tables.SETTING;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.database.ServiceDatabase;

/// The setting that says whether people may register.
@Singleton
final class RegistrationStore {

    private static final String NAME = "registration.open";

    private final ServiceDatabase database;
    private final DSLContext sql;

    RegistrationStore(IdentityDatabase database) {
        this.database = database.database();
        this.sql = database.database().sql();
    }

    /// What an administrator decided; empty while none has.
    Optional<Boolean> open() {
        return sql.select(SETTING.VALUE)
                .from(SETTING)
                .where(SETTING.NAME.eq(NAME))
                .fetchOptional(row -> Boolean.parseBoolean(row.value1().data()));
    }

    void put(boolean open) {
        JSONB value = JSONB.valueOf(Boolean.toString(open));
        sql.insertInto(SETTING)
                .set(SETTING.NAME, NAME)
                .set(SETTING.VALUE, value)
                .onConflict(SETTING.NAME)
                .doUpdate()
                .set(SETTING.VALUE, value)
                .execute();
    }

    void append(UUID actor, RegistrationEvent event) {
        database.append(event.type(), "registration", new UUID(0, 0), actor, event);
    }
}
