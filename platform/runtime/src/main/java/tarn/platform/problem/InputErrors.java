package tarn.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Translates errors of Jackson and Bean Validation into refusals that name the field: 400 for JSON
/// and query parameters, 422 for constraints.
public final class InputErrors {

    private InputErrors() {}

    /// The refusal for a Jackson error: malformed JSON, or JSON of the wrong type with its pointer.
    public static Refusal json(JsonProcessingException failure) {
        // Below the top level Jackson wraps what is no JSON into what has the wrong shape.
        if (failure.getCause() instanceof JsonProcessingException cause
                && !(cause instanceof JsonMappingException)
                && !(cause instanceof InputCoercionException)) {
            return json(cause);
        }
        if (!(failure instanceof JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            if (failure instanceof MismatchedInputException) {
                return new Refusal.Malformed("malformed-json", "A JSON object of another shape is expected here.");
            }
            var at = failure.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return new Refusal.Malformed("malformed-json", "That is not valid JSON" + where + ".");
        }
        String pointer = pointer(mapping.getPath());
        Problem.FieldError error = switch (mapping) {
            case UnrecognizedPropertyException unknown ->
                new Problem.FieldError(
                        pointer, "unknown-field", "There is no field \"" + unknown.getPropertyName() + "\".");
            case InvalidFormatException format
            when format.getTargetType() != null && format.getTargetType().isEnum() ->
                new Problem.FieldError(
                        pointer, "unknown-value", "Must be one of: " + values(format.getTargetType()) + ".");
            default -> new Problem.FieldError(pointer, "wrong-type", "Has the wrong type or format.");
        };
        return new Refusal.Malformed("invalid", "Some of what was sent has the wrong shape.", error);
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            String name = step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName();
            step(pointer, name);
        }
        return pointer.toString();
    }

    private static void step(StringBuilder pointer, String name) {
        pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }

    private static String values(Class<?> enumType) {
        List<String> names = new ArrayList<>();
        for (Object constant : enumType.getEnumConstants()) {
            names.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        return String.join(", ", names);
    }

    /// The refusal for constraint violations, each with its field.
    public static Refusal violations(ConstraintViolationException failure) {
        List<Problem.FieldError> errors = failure.getConstraintViolations().stream()
                .map(InputErrors::error)
                .sorted(Comparator.comparing(Problem.FieldError::pointer))
                .toList();
        return errors.stream().allMatch(error -> error.pointer().startsWith("?"))
                ? new Refusal.Malformed("invalid", "A parameter cannot be understood.", errors.getFirst())
                : new Refusal.Invalid(errors);
    }

    /// Whether a property is a query parameter, as in a bean of parameters.
    private static boolean isParameter(@Nullable Object bean, String property) {
        return bean != null
                && Arrays.stream(bean.getClass().getDeclaredFields())
                        .anyMatch(field ->
                                field.getName().equals(property) && field.isAnnotationPresent(QueryParam.class));
    }

    private static Problem.FieldError error(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            switch (node.getKind()) {
                case PROPERTY, CONTAINER_ELEMENT -> {
                    if (node.getIndex() != null) {
                        step(pointer, String.valueOf(node.getIndex()));
                    }
                    if (node.getKey() != null) {
                        step(pointer, String.valueOf(node.getKey()));
                    }
                    if (node.getName() != null && !node.getName().startsWith("<")) {
                        if (isParameter(violation.getLeafBean(), node.getName())) {
                            pointer.append('?').append(node.getName());
                        } else {
                            step(pointer, node.getName());
                        }
                    }
                }
                default -> {}
            }
        }
        String constraint = violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName();
        if (pointer.isEmpty() && constraint.equals("Text")) {
            // A text that stands by itself is a query parameter.
            violation.getPropertyPath().forEach(node -> {
                if (node.getKind() == ElementKind.PARAMETER) {
                    pointer.append('?').append(node.getName());
                }
            });
        }
        String code = switch (constraint) {
            case "NotNull", "NotBlank", "NotEmpty" -> "required";
            case "Size", "Text" -> "wrong-length";
            case "Min", "Max", "Positive", "PositiveOrZero" -> "out-of-range";
            default -> "invalid";
        };
        String detail = violation.getMessage();
        return new Problem.FieldError(
                pointer.toString(), code, detail.substring(0, 1).toUpperCase(Locale.ROOT) + detail.substring(1) + ".");
    }
}
