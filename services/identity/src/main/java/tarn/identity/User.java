package tarn.identity;

import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tarn.platform.Invisible;
import tarn.platform.TimeZones;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// A user account, immutable and without the password hash, so that the hash cannot leak with it.
///
/// @param administrator whether the user administers this installation
/// @param closedAt when an administrator closed the account; null while it can sign in
/// @param version rises with each change of the account
record User(
        Id id,
        Profile profile,
        Email email,
        boolean administrator,
        @Nullable Instant closedAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /// Identifies a user.
    public record Id(UUID value) {}

    /// The part of an account that the user may change.
    ///
    /// @param name normalised, without surrounding blanks
    record Profile(String name, ZoneId timeZone) {

        /// Code points of a name.
        static final int MAX_LENGTH = 100;

        Profile {
            name = Invisible.normalized(name);
        }

        /// @throws Refusal.Invalid when the name is too long in normal form, or there is no such time zone
        static Profile of(String name, String timeZone) {
            ZoneId zone = TimeZones.named(timeZone);
            if (zone == null) {
                throw invalid("/timeZone", "invalid", TimeZones.UNKNOWN);
            }
            Profile profile = new Profile(name, zone);
            if (profile.name.codePointCount(0, profile.name.length()) > MAX_LENGTH) {
                throw invalid("/name", "wrong-length", "Must have at most " + MAX_LENGTH + " characters.");
            }
            return profile;
        }
    }

    /// An e-mail address as written.
    record Email(String value) {

        /// Lenient, because only a delivered message proves an address.
        private static final Pattern FORM = Pattern.compile("[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+");

        Email {
            value = Normalizer.normalize(value, Normalizer.Form.NFC).strip();
        }

        /// @throws Refusal.Invalid when it can be no address
        static Email parse(String text) {
            Email email = new Email(text);
            if (Invisible.fault(email.value) != null) {
                throw invalid("/email", "invalid", "Must not contain characters that cannot be seen.");
            }
            int length = email.value.codePointCount(0, email.value.length());
            if (length < 3 || length > 254 || !FORM.matcher(email.key()).matches()) {
                throw invalid("/email", "invalid", "Must be an e-mail address like ada@example.org.");
            }
            return email;
        }

        /// The key for uniqueness: without case, full-width forms and invisible characters.
        String key() {
            String visible = Invisible.removed(value);
            return Normalizer.normalize(
                    Normalizer.normalize(visible, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
        }

        /// The key of accounts made when width still mattered, two of which may have the same [#key].
        String formerKey() {
            return value.toLowerCase(Locale.ROOT);
        }
    }

    private static Refusal invalid(String pointer, String code, String detail) {
        return new Refusal.Invalid(List.of(new Problem.FieldError(pointer, code, detail)));
    }

    /// The user with another profile; unchanged when the profile is equal.
    User with(Profile changed, Instant now) {
        return changed.equals(profile)
                ? this
                : new User(id, changed, email, administrator, closedAt, createdAt, now, version + 1);
    }

    /// The user as administrator, or not; unchanged when it is so already.
    User administering(boolean administers, Instant now) {
        return administers == administrator
                ? this
                : new User(id, profile, email, administers, closedAt, createdAt, now, version + 1);
    }

    /// The user with another e-mail address; unchanged when it is written alike.
    User reachable(Email changed, Instant now) {
        return changed.equals(email)
                ? this
                : new User(id, profile, changed, administrator, closedAt, createdAt, now, version + 1);
    }

    /// Closing a closed account changes nothing: clients retry.
    User close(Instant now) {
        return closed() ? this : new User(id, profile, email, administrator, now, createdAt, now, version + 1);
    }

    /// The open account; unchanged when it is not closed.
    User reopen(Instant now) {
        return closed() ? new User(id, profile, email, administrator, null, createdAt, now, version + 1) : this;
    }

    /// Whether the account cannot sign in.
    boolean closed() {
        return closedAt != null;
    }

    /// Whether the user can administer this installation.
    boolean administers() {
        return administrator && !closed();
    }
}
