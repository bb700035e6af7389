package tarn.platform.http;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tarn.platform.TimeZones;
import tarn.platform.problem.Problem;
import tarn.platform.problem.Refusal;

/// Parses query and path parameters strictly: one that is unknown, repeated, of the wrong type or
/// not UTF-8 is refused with 400. A malformed id in a path is 404.
@Provider
public final class Parameters implements ContainerRequestFilter, ParamConverterProvider {

    /// The replacement character that the decoder puts in place of bytes that are not UTF-8.
    private static final char REPLACEMENT = '\ufffd';

    private final ResourceInfo resource;

    /// Allowed parameters per method, and whether each may be repeated.
    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    Parameters(ResourceInfo resource) {
        this.resource = resource;
    }

    /// An enum constant as in the contract: lower case with dashes.
    public static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Map<String, List<String>> sent = request.getUriInfo().getQueryParameters();
        Method method = resource.getResourceMethod();
        if (sent.isEmpty() || method == null) {
            return;
        }
        Map<String, Boolean> allowed = known.computeIfAbsent(method, Parameters::names);
        sent.forEach((name, values) -> {
            Boolean many = allowed.get(name);
            if (many == null) {
                throw new Refusal.Malformed(
                        "unknown-parameter",
                        "There is no parameter \"" + name + "\" here.",
                        new Problem.FieldError("?" + name, "unknown-parameter", "There is no such parameter."));
            }
            if (!many && values.size() > 1) {
                throw new Refusal.Malformed(
                        "repeated-parameter",
                        "The parameter \"" + name + "\" is there more than once.",
                        new Problem.FieldError("?" + name, "repeated-parameter", "Send it once."));
            }
            if (values.stream().anyMatch(value -> value.indexOf(REPLACEMENT) >= 0)) {
                throw wrong("?" + name, "Must be text in UTF-8, without U+FFFD.");
            }
        });
    }

    private static Map<String, Boolean> names(Method method) {
        Map<String, Boolean> names = new HashMap<>();
        for (Parameter parameter : method.getParameters()) {
            add(parameter, parameter.getType(), names);
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    add(field, field.getType(), names);
                }
                Arrays.stream(parameter.getType().getDeclaredConstructors())
                        .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                        .forEach(part -> add(part, part.getType(), names));
            }
        }
        return names;
    }

    private static void add(AnnotatedElement element, Class<?> type, Map<String, Boolean> names) {
        QueryParam parameter = element.getAnnotation(QueryParam.class);
        if (parameter != null) {
            names.put(parameter.value(), Collection.class.isAssignableFrom(type));
        }
    }

    @Override
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> raw, Type type, Annotation[] annotations) {
        String name = Arrays.stream(annotations)
                .filter(QueryParam.class::isInstance)
                .map(annotation -> "?" + ((QueryParam) annotation).value())
                .findFirst()
                .orElse(null);
        if (raw == UUID.class) {
            return converter(raw, text -> uuid(text, name));
        }
        if (raw.isRecord()
                && raw.getRecordComponents().length == 1
                && raw.getRecordComponents()[0].getType() == UUID.class) {
            return converter(raw, text -> id(raw, uuid(text, name)));
        }
        if (name == null) {
            return null;
        }
        if (raw == Instant.class) {
            return converter(raw, text -> instant(text, name));
        }
        if (raw == ZoneId.class) {
            return converter(raw, text -> timeZone(text, name));
        }
        if (raw == Integer.class) {
            return converter(raw, text -> integer(text, name));
        }
        if (raw == Boolean.class) {
            return converter(raw, text -> switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw wrong(name, "Must be true or false.");
            });
        }
        if (raw.isEnum()) {
            return converter(raw, text -> constant(raw, text, name));
        }
        return null;
    }

    private static <T> ParamConverter<T> converter(Class<T> raw, Function<String, ?> parse) {
        return new ParamConverter<>() {
            @Override
            public T fromString(String text) {
                return raw.cast(parse.apply(text));
            }

            @Override
            public String toString(T value) {
                return value.toString();
            }
        };
    }

    /// A malformed id is 404 in a path and 400 in a query.
    private static UUID uuid(String text, @Nullable String name) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException malformed) {
            // answered below
        }
        if (name == null) {
            throw new Refusal.NotFound("resource");
        }
        throw wrong(name, "Must be an id.");
    }

    /// A typed id such as `Task.Id`: a public record of one UUID.
    private static Object id(Class<?> type, UUID value) {
        try {
            return type.getConstructor(UUID.class).newInstance(value);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " must be public to be a parameter", impossible);
        }
    }

    private static Instant instant(String text, String name) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw wrong(name, "Must be an RFC 3339 timestamp such as 2026-01-31T12:00:00Z.");
        }
    }

    private static ZoneId timeZone(String text, String name) {
        ZoneId zone = TimeZones.named(text);
        if (zone == null) {
            throw wrong(name, TimeZones.UNKNOWN);
        }
        return zone;
    }

    private static int integer(String text, String name) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw wrong(name, "Must be a whole number.");
        }
    }

    private static Object constant(Class<?> type, String text, String name) {
        for (Object constant : type.getEnumConstants()) {
            if (wireName((Enum<?>) constant).equals(text)) {
                return constant;
            }
        }
        throw wrong(
                name,
                "Must be one of: "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(constant -> wireName((Enum<?>) constant))
                                        .toList())
                        + ".");
    }

    static Refusal wrong(String place, String detail) {
        return new Refusal.Malformed(
                "invalid", "A parameter cannot be understood.", new Problem.FieldError(place, "wrong-type", detail));
    }
}
