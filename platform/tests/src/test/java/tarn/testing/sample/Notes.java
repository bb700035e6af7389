package tarn.testing.sample;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;

/// What can be done with notes; each method is one transaction.
@Singleton
class Notes {

    private final NoteStore store;

    Notes(NoteStore store) {
        this.store = store;
    }

    @Transactional
    Note write(Note note, UUID actor) {
        store.insert(note, actor);
        return note;
    }

    @Transactional
    Note change(UUID id, @Nullable Long expected, UnaryOperator<Note> change) {
        Note before = get(id);
        Refusal.Outdated.unlessCurrent(expected, before.version());
        Note after = change.apply(before);
        store.update(after);
        return after;
    }

    @Transactional
    Note get(UUID id) {
        Note note = store.find(id);
        if (note == null) {
            throw new Refusal.NotFound("note");
        }
        return note;
    }

    @Transactional
    Page<Note> list(Note.@Nullable Mood mood, String sort, @Nullable String cursor, @Nullable Integer limit) {
        return store.list(mood, sort, cursor, limit);
    }

    /// Takes fifteen seconds in the database.
    @Transactional
    void sleep() {
        store.sleep();
    }
}
