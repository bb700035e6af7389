package tarn.identity.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All signing keys at one time, and who of them signs, is published, comes next.
///
/// @param keys in the order in which they sign
record KeyRing(List<SigningKey> keys) {

    /// How long a key signs before the next one takes over.
    static final Duration SIGNS = Duration.ofDays(30);

    /// How long before its turn a key is published.
    static final Duration ANNOUNCED = Duration.ofDays(1);

    /// The least of that, when the turn is overdue.
    static final Duration SHORT_NOTICE = Duration.ofMinutes(10);

    /// How long a key is published after its turn: the five minutes that a token lives, and a margin for
    /// clocks that differ.
    static final Duration OUTLIVES = Duration.ofMinutes(15);

    KeyRing {
        keys = keys.stream()
                .sorted(Comparator.comparing(SigningKey::signsFrom).thenComparing(SigningKey::id))
                .toList();
    }

    /// The key that signs now; empty when a first one has to be made.
    Optional<SigningKey> signer(Instant now) {
        return keys.stream()
                .filter(key -> key.privateKey() != null && !key.signsFrom().isAfter(now))
                .reduce((earlier, later) -> later);
    }

    /// Whether the next key has to be made now.
    boolean isNextDue(Instant now) {
        return !nextSignsFrom(now).minus(ANNOUNCED).isAfter(now);
    }

    /// When the next key begins to sign. A first key begins at once: there is nothing to sign with.
    Instant nextSignsFrom(Instant now) {
        Optional<SigningKey> last =
                keys.stream().filter(key -> key.privateKey() != null).reduce((earlier, later) -> later);
        if (last.isEmpty() || signer(now).isEmpty()) {
            return now;
        }
        Instant regular = last.get().signsFrom().plus(SIGNS);
        Instant earliest = now.plus(SHORT_NOTICE);
        return regular.isBefore(earliest) ? earliest : regular;
    }

    /// The keys that verify: what signs, what will sign, and what signed tokens that may still live.
    List<SigningKey> published(Instant now) {
        return keys.stream().filter(key -> !isOutlived(key, now)).toList();
    }

    /// The keys whose last token has ended.
    List<SigningKey> outlived(Instant now) {
        return keys.stream().filter(key -> isOutlived(key, now)).toList();
    }

    private boolean isOutlived(SigningKey key, Instant now) {
        return keys.stream()
                .filter(other -> other.privateKey() != null && other.signsFrom().isAfter(key.signsFrom()))
                .findFirst()
                .map(successor -> successor.signsFrom().plus(OUTLIVES).isBefore(now))
                .orElse(false);
    }
}
