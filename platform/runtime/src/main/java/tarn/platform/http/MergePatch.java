package tarn.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Set;
import java.util.stream.Collectors;
import tarn.platform.problem.Unreadable;

/// JSON merge-patch, RFC 7396: what is sent replaces, `null` removes, what is not sent stays.
@Singleton
public final class MergePatch {

    /// The media type of a merge-patch.
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final ObjectMapper mapper;
    private final Validator validator;

    MergePatch(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
    }

    /// The draft after the patch, read and validated like any draft a client sends.
    ///
    /// @param before the thing as it is, in the shape a client may send
    /// @param patch what the client sent
    public <T> T apply(T before, ObjectNode patch) {
        JsonNode merged = merge(mapper.valueToTree(before), patch);
        try {
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) before.getClass();
            T after = mapper.treeToValue(merged, type);
            Set<ConstraintViolation<T>> violations = validator.validate(after).stream()
                    .filter(violation -> !isOldText(violation, patch))
                    .collect(Collectors.toSet());
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
            return after;
        } catch (JsonProcessingException malformed) {
            throw Unreadable.json(malformed);
        }
    }

    /// Whether it is text that the patch leaves alone: what was stored under earlier rules stays until a user
    /// changes it.
    private static boolean isOldText(ConstraintViolation<?> violation, ObjectNode patch) {
        return violation.getConstraintDescriptor().getAnnotation() instanceof Text
                && !patch.has(violation.getPropertyPath().iterator().next().getName());
    }

    /// The algorithm of RFC 7396, section 2.
    static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object : changes.objectNode();
        for (var change : changes.properties()) {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                JsonNode before = result.path(change.getKey());
                result.set(change.getKey(), merge(before, change.getValue()));
            }
        }
        return result;
    }
}
