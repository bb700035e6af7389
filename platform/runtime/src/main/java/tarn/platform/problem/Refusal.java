package tarn.platform.problem;

import java.time.Duration;
import java.util.List;

/// An expected "no". Anything else that is thrown is a bug.
///
/// Each kind has one HTTP status; the code is stable and part of the contract. What a caller may
/// not see is [NotFound], never [Forbidden].
public abstract sealed class Refusal extends RuntimeException {

    private final String code;

    private Refusal(String code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    /// The stable code, kebab-case.
    public final String code() {
        return code;
    }

    /// What was wrong, in words a user can act on.
    public final String detail() {
        return String.valueOf(getMessage());
    }

    /// The HTTP status of this kind of refusal.
    public abstract int status();

    /// What was wrong where, when it can be said.
    public List<Problem.FieldError> places() {
        return List.of();
    }

    /// There is no such thing, or none that this caller may see: 404.
    public static final class NotFound extends Refusal {
        /// @param what the noun, as in "task"
        public NotFound(String what) {
            super("not-found", "There is no such " + what + ".");
        }

        @Override
        public int status() {
            return 404;
        }
    }

    /// This Tarn runs without the service that would answer: 404.
    public static final class NotAvailable extends Refusal {
        /// @param service by its name
        public NotAvailable(String service) {
            super("not-available", "This Tarn runs without the " + service + " service.");
        }

        @Override
        public int status() {
            return 404;
        }
    }

    /// The request cannot be understood: 400.
    public static final class Malformed extends Refusal {
        private final List<Problem.FieldError> places;

        public Malformed(String code, String detail, Problem.FieldError... places) {
            super(code, detail);
            this.places = List.of(places);
        }

        @Override
        public int status() {
            return 400;
        }

        @Override
        public List<Problem.FieldError> places() {
            return places;
        }
    }

    /// The request is understood and its content is not acceptable: 422, with each place.
    public static final class Invalid extends Refusal {
        private final List<Problem.FieldError> places;

        public Invalid(List<Problem.FieldError> places) {
            this("invalid", "Some of what was sent is not acceptable.", places);
        }

        /// One place.
        ///
        /// @param pointer JSON pointer into the request's body, RFC 6901
        public Invalid(String pointer, String code, String detail) {
            this(code, detail, List.of(new Problem.FieldError(pointer, code, detail)));
        }

        public Invalid(String code, String detail, List<Problem.FieldError> places) {
            super(code, detail);
            this.places = List.copyOf(places);
        }

        @Override
        public int status() {
            return 422;
        }

        @Override
        public List<Problem.FieldError> places() {
            return places;
        }
    }

    /// It contradicts what is there: 409.
    public static final class Conflict extends Refusal {
        private final List<Problem.FieldError> places;

        public Conflict(String code, String detail, Problem.FieldError... places) {
            super(code, detail);
            this.places = List.of(places);
        }

        /// What is in the trash is not changed; only for callers who may know that it is there.
        ///
        /// @param what the noun, as in "task"
        public static Conflict inTrash(String what) {
            return new Conflict("in-trash", "This " + what + " is in the trash. Restore it first.");
        }

        @Override
        public int status() {
            return 409;
        }

        @Override
        public List<Problem.FieldError> places() {
            return places;
        }
    }

    /// More than is taken: 413.
    public static final class TooLarge extends Refusal {
        public TooLarge(String detail) {
            super("too-large", detail);
        }

        @Override
        public int status() {
            return 413;
        }
    }

    /// The resource is no longer the version that `If-Match` names: 412.
    public static final class Outdated extends Refusal {
        public Outdated() {
            super("version-mismatch", "It was changed since you read it. Read it again, then change it.");
        }

        @Override
        public int status() {
            return 412;
        }
    }

    /// The caller is known and may not do this to a thing it may see: 403.
    public static final class Forbidden extends Refusal {
        public Forbidden(String code, String detail) {
            super(code, detail);
        }

        @Override
        public int status() {
            return 403;
        }
    }

    /// Nobody we know is asking: 401.
    public static final class Unauthenticated extends Refusal {
        public Unauthenticated(String code, String detail) {
            super(code, detail);
        }

        @Override
        public int status() {
            return 401;
        }
    }

    /// Too often: 429.
    public static final class TooMany extends Refusal {
        private final Duration retryAfter;

        public TooMany(Duration retryAfter) {
            super("too-many-requests", "Too many requests. Wait a little, then try again.");
            this.retryAfter = retryAfter;
        }

        @Override
        public int status() {
            return 429;
        }

        /// How long to wait before it may work, at least.
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /// It worked for longer than a request may, and was stopped: 503.
    public static final class TookTooLong extends Refusal {
        public TookTooLong() {
            super("took-too-long", "This took too long and was stopped. Ask for less, or try again later.");
        }

        @Override
        public int status() {
            return 503;
        }
    }

    /// Something this depends on does not answer: 503.
    public static final class Unavailable extends Refusal {
        public Unavailable(String detail) {
            super("unavailable", detail);
        }

        @Override
        public int status() {
            return 503;
        }
    }
}
