package tarn.platform.http;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tarn.platform.Invisible;

/// Text that a user wrote and that can be stored: its length counted in code points, as PostgreSQL
/// and JSON Schema count; no NUL and no half of a surrogate pair; where it must not be empty, something
/// that can be seen.
///
/// Null is fine: whether it may be missing is said by `@NotNull`.
@Documented
@Constraint(validatedBy = Text.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Text {

    /// The fewest code points.
    int min() default 0;

    /// The most code points.
    int max();

    /// Whether it may have more than one line.
    boolean lines() default false;

    /// Whether it is a name, a title or the like: measured in NFC, and nothing in it may be invisible. Of
    /// text with more lines only control characters and overrides of direction are refused.
    boolean name() default false;

    /// Said when it fails.
    String message() default "must be text that can be stored";

    /// Bean validation asks for it.
    Class<?>[] groups() default {};

    /// Bean validation asks for it.
    Class<? extends Payload>[] payload() default {};

    /// The check itself.
    final class Check implements ConstraintValidator<Text, @Nullable String> {
        private int min;
        private int max;
        private boolean lines;
        private boolean name;

        @Override
        public void initialize(Text text) {
            min = text.min();
            max = text.max();
            lines = text.lines();
            name = text.name();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            String fault = text == null ? null : fault(text);
            if (fault == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(fault).addConstraintViolation();
            return false;
        }

        private @Nullable String fault(String given) {
            String text = name ? Invisible.normalized(given) : given;
            int length = text.codePointCount(0, text.length());
            if (length > max) {
                return "must have at most " + max + " characters";
            }
            if (length < min || (min > 0 && text.codePoints().noneMatch(Invisible::shows))) {
                return min <= 1 ? "must not be empty" : "must have at least " + min + " characters";
            }
            String fault = text.codePoints()
                    .mapToObj(this::fault)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            return fault == null && name ? Invisible.fault(text) : fault;
        }

        private @Nullable String fault(int point) {
            if (point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
                return "must not contain characters that cannot be stored";
            }
            if (!lines && (point == '\n' || point == '\r')) {
                return "must be a single line";
            }
            return lines && isHarmful(point) ? "must not contain the control character U+%04X".formatted(point) : null;
        }

        private static boolean isHarmful(int point) {
            boolean layout = point == '\t' || point == '\n' || point == '\r';
            return (Character.isISOControl(point) && !layout) || point == 0x202D || point == 0x202E;
        }
    }
}
