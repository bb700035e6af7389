package tarn.identity.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The signing keys and the rotation rules: a key signs for 30 days, is published a day before and
/// 15 minutes after.
///
/// @param keys in the order in which they sign
record KeyRing(List<SigningKey> keys) {

    /// How long a key signs.
    static final Duration SIGNS = Duration.ofDays(30);

    /// How long a key is published before it signs.
    static final Duration ANNOUNCED = Duration.ofDays(1);

    /// Minimum of that when rotation is overdue.
    static final Duration SHORT_NOTICE = Duration.ofMinutes(10);

    /// How long a key is published after it has signed: the five minutes of an access token, and a
    /// margin for clock skew.
    static final Duration OUTLIVES = Duration.ofMinutes(15);

    KeyRing {
        keys = keys.stream()
                .sorted(Comparator.comparing(SigningKey::signsFrom).thenComparing(SigningKey::id))
                .toList();
    }

    /// The key that signs now; empty when no key exists yet.
    Optional<SigningKey> signer(Instant now) {
        return keys.stream()
                .filter(key -> key.privateKey() != null && !key.signsFrom().isAfter(now))
                .reduce((earlier, later) -> later);
    }

    /// Whether the next key must be generated.
    boolean isNextDue(Instant now) {
        return !nextSignsFrom(now).minus(ANNOUNCED).isAfter(now);
    }

    /// When the next key starts to sign; the first one does at once.
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

    /// Keys published for verification: past keys whose tokens may be valid, the current and the
    /// next.
    List<SigningKey> published(Instant now) {
        return keys.stream().filter(key -> !isOutlived(key, now)).toList();
    }

    /// Keys whose tokens have all expired.
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
