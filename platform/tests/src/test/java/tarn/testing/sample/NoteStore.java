package tarn.testing.sample;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tarn.platform.database.Keyset;
import tarn.platform.database.ServiceDatabase;
import tarn.platform.event.Event;
import tarn.platform.http.Page;

/// The notes' SQL.
@Singleton
final class NoteStore {

    private static final Table<?> NOTE = DSL.table(DSL.name("sample", "note"));
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<String> TITLE = DSL.field(DSL.name("title"), SQLDataType.CLOB);
    private static final Field<String> MOOD = DSL.field(DSL.name("mood"), SQLDataType.CLOB);
    private static final Field<Integer> RANK = DSL.field(DSL.name("rank"), SQLDataType.INTEGER);
    private static final Field<Instant> DUE = DSL.field(DSL.name("due_at"), SQLDataType.INSTANT);
    private static final Field<Boolean> DONE = DSL.field(DSL.name("done"), SQLDataType.BOOLEAN);
    private static final Field<Long> VERSION = DSL.field(DSL.name("version"), SQLDataType.BIGINT);
    private static final Map<String, Field<?>> SORTABLE = Map.of("title", TITLE, "rank", RANK, "due", DUE);

    private final ServiceDatabase database;

    NoteStore(ServiceDatabase database) {
        this.database = database;
    }

    void insert(Note note, UUID actor) {
        database.sql()
                .insertInto(NOTE, ID, TITLE, MOOD, RANK, DUE, DONE, VERSION)
                .values(
                        note.id(),
                        note.title(),
                        note.mood().name(),
                        note.rank(),
                        note.dueAt(),
                        note.done(),
                        note.version())
                .execute();
        database.outbox()
                .append("note", Event.of("note.written", note.id(), actor).saying(note));
    }

    void sleep() {
        database.sql().execute("select pg_sleep(15)");
    }

    /// Whether a statement sleeps.
    boolean sleeps() {
        return database.sql()
                .fetchExists(
                        DSL.table("pg_stat_activity"),
                        DSL.condition("query = 'select pg_sleep(15)' and state = 'active'"));
    }

    void update(Note note) {
        database.sql()
                .update(NOTE)
                .set(TITLE, note.title())
                .set(MOOD, note.mood().name())
                .set(RANK, note.rank())
                .set(DUE, note.dueAt())
                .set(DONE, note.done())
                .set(VERSION, note.version())
                .where(ID.eq(note.id()))
                .execute();
    }

    @Nullable
    Note find(UUID id) {
        return database.sql()
                .select(ID, TITLE, MOOD, RANK, DUE, DONE, VERSION)
                .from(NOTE)
                .where(ID.eq(id))
                .fetchOne(NoteStore::note);
    }

    Page<Note> list(Note.@Nullable Mood mood, String sort, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, ID, sort, cursor, limit);
        return keyset.page(
                database.sql()
                        .select(ID, TITLE, MOOD, RANK, DUE, DONE, VERSION)
                        .select(keyset.fields())
                        .from(NOTE)
                        .where(mood == null ? DSL.noCondition() : MOOD.eq(mood.name())),
                NoteStore::note);
    }

    private static Note note(Record row) {
        return new Note(
                row.get(ID),
                row.get(TITLE),
                Note.Mood.valueOf(row.get(MOOD)),
                row.get(RANK),
                row.get(DUE),
                row.get(DONE),
                row.get(VERSION));
    }
}
