package tarn.platform.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expected refusal of a request, with one HTTP status per subclass and a stable code; any other
/// exception is a bug.
///
/// What a caller may not see is [NotFound], never [Forbidden].
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

    /// Errors by field, when known.
    public List<Problem.FieldError> fieldErrors() {
        return List.of();
    }

    /// 404: the resource does not exist or the caller may not see it.
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

    /// 404: this installation runs without the service.
    public static final class ServiceExcluded extends Refusal {
        /// @param service by its name
        public ServiceExcluded(String service) {
            super("not-available", "This Tarn runs without the " + service + " service.");
        }

        @Override
        public int status() {
            return 404;
        }
    }

    /// 400: the request cannot be parsed.
    public static final class Malformed extends Refusal {
        private final List<Problem.FieldError> fieldErrors;

        public Malformed(String code, String detail, Problem.FieldError... fieldErrors) {
            super(code, detail);
            this.fieldErrors = List.of(fieldErrors);
        }

        @Override
        public int status() {
            return 400;
        }

        @Override
        public List<Problem.FieldError> fieldErrors() {
            return fieldErrors;
        }
    }

    /// 422: the request is well-formed but its content is not acceptable, with the fields.
    public static final class Invalid extends Refusal {
        private final List<Problem.FieldError> fieldErrors;

        public Invalid(List<Problem.FieldError> fieldErrors) {
            this("invalid", "Some of what was sent is not acceptable.", fieldErrors);
        }

        /// One field.
        ///
        /// @param pointer JSON pointer into the request's body, RFC 6901
        public Invalid(String pointer, String code, String detail) {
            this(code, detail, List.of(new Problem.FieldError(pointer, code, detail)));
        }

        public Invalid(String code, String detail, List<Problem.FieldError> fieldErrors) {
            super(code, detail);
            this.fieldErrors = List.copyOf(fieldErrors);
        }

        @Override
        public int status() {
            return 422;
        }

        @Override
        public List<Problem.FieldError> fieldErrors() {
            return fieldErrors;
        }
    }

    /// 409: the request contradicts the current state.
    public static final class Conflict extends Refusal {
        private final List<Problem.FieldError> fieldErrors;

        public Conflict(String code, String detail, Problem.FieldError... fieldErrors) {
            super(code, detail);
            this.fieldErrors = List.of(fieldErrors);
        }

        /// For a change of something in the trash, to callers who may see that it is there.
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
        public List<Problem.FieldError> fieldErrors() {
            return fieldErrors;
        }
    }

    /// 409: the request was done before, and its answer held a secret that is not kept.
    public static final class AlreadyDone extends Refusal {
        private final String id;

        /// @param id of what was made
        public AlreadyDone(String id) {
            super("already-done", "This was done before. Its secret was in the first answer and is not kept.");
            this.id = id;
        }

        @Override
        public int status() {
            return 409;
        }

        /// The id of what was made.
        public String id() {
            return id;
        }
    }

    /// 413: the request or its result exceeds a size limit.
    public static final class TooLarge extends Refusal {
        public TooLarge(String detail) {
            super("too-large", detail);
        }

        @Override
        public int status() {
            return 413;
        }
    }

    /// 412: the resource no longer has the version in `If-Match`.
    public static final class Outdated extends Refusal {
        public Outdated() {
            super("version-mismatch", "It was changed since you read it. Read it again, then change it.");
        }

        /// Refuses a change unless the caller has read the current version.
        ///
        /// @param expected the version the caller has read; null for any
        public static void unlessCurrent(@Nullable Long expected, long current) {
            if (expected != null && expected != current) {
                throw new Outdated();
            }
        }

        @Override
        public int status() {
            return 412;
        }
    }

    /// 403: the caller may see the resource but not do this to it.
    public static final class Forbidden extends Refusal {
        public Forbidden(String code, String detail) {
            super(code, detail);
        }

        @Override
        public int status() {
            return 403;
        }
    }

    /// 401: the request has no valid credential.
    public static final class Unauthenticated extends Refusal {
        public Unauthenticated(String code, String detail) {
            super(code, detail);
        }

        @Override
        public int status() {
            return 401;
        }
    }

    /// 429: a rate limit is exceeded.
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

    /// 503: the request passed its deadline and was stopped.
    public static final class TookTooLong extends Refusal {
        public TookTooLong() {
            super("took-too-long", "This took too long and was stopped. Ask for less, or try again later.");
        }

        @Override
        public int status() {
            return 503;
        }
    }

    /// 503: a dependency does not respond.
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
