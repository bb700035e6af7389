package tarn.testing.sample;

import java.time.Instant;
import java.util.UUID;

/// Something worth writing down.
record Note(UUID id, String title, Mood mood, int rank, Instant dueAt, boolean done, long version) {

    enum Mood {
        GLAD,
        FAIRLY_SAD
    }
}
