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
import tarn.platform.problem.InputErrors;

/// Applies JSON merge patches (RFC 7396): values replace, `null` removes, absent fields stay.
@Singleton
public final class MergePatch {

    /// The media type of a merge patch.
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final ObjectMapper mapper;
    private final Validator validator;

    MergePatch(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
    }

    /// The patched draft, parsed and validated like a draft sent whole.
    ///
    /// @param before the current resource in its draft form
    /// @param patch as sent by the client
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
            throw InputErrors.json(malformed);
        }
    }

    /// Whether a violation concerns text the patch does not touch: text stored under earlier rules
    /// stays valid until changed.
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
