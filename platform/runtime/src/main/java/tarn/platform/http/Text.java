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

/// Validates text from users: length in code points, as PostgreSQL and JSON Schema count; no NUL,
/// no lone surrogate; something visible when it must not be empty. Null is valid.
@Documented
@Constraint(validatedBy = Text.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Text {

    /// Minimum length in code points.
    int min() default 0;

    /// Maximum length in code points.
    int max();

    /// Whether line breaks are allowed.
    boolean lines() default false;

    /// Whether it is a name or title: measured in NFC, without invisible characters. Multi-line
    /// text refuses only control characters and direction overrides.
    boolean name() default false;

    /// Default message of Bean Validation.
    String message() default "must be text that can be stored";

    /// Required by Bean Validation.
    Class<?>[] groups() default {};

    /// Required by Bean Validation.
    Class<? extends Payload>[] payload() default {};

    /// Validates a value against the annotation.
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
