package tarn.echo;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.jooq.Table;
import org.jooq.impl.DSL;
import tarn.platform.database.ServiceDatabase;
import tarn.platform.event.Event;

/// The SQL of echoes.
@Singleton
class EchoStore {

    private static final Table<?> ECHO = DSL.table(DSL.name("echo", "echo"));
    private static final Table<?> OUTBOX = DSL.table(DSL.name("echo", "outbox"));

    private final ServiceDatabase database;

    EchoStore(EchoDatabase database) {
        this.database = database.database();
    }

    @Transactional
    void create(UUID id, String text, UUID actor) {
        database.sql()
                .insertInto(ECHO)
                .columns(DSL.field("id", UUID.class), DSL.field("text", String.class))
                .values(id, text)
                .execute();
        database.outbox().append("echo", Event.of("echo.created", id, actor));
    }

    int echoes() {
        return database.sql().fetchCount(ECHO);
    }

    int events() {
        return database.sql().fetchCount(OUTBOX);
    }
}
