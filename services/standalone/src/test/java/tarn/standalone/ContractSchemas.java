package tarn.standalone;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Catalogue;
import tarn.platform.http.Page;
import tarn.platform.http.Text;

/// The shapes of a contract: enums as they are written on the wire, which fields are always there and
/// which may be null, merge-patches that require nothing, a limit for every text and list.
final class ContractSchemas {

    /// What is sent though its name does not say so.
    private static final Set<String> DRAFTS = Set.of("Credentials", "Deletion", "Profile", "PasswordChange", "Refresh");

    /// A patch that names these is refused: what is there stays where it is.
    private static final Map<String, String> IMMUTABLE = Map.of("TaskPatch", "projectId", "ItemPatch", "projectId");

    private final IndexView index;
    private final ObjectNode document;
    private final ObjectNode schemas;
    private final JsonNode words;

    ContractSchemas(IndexView index, ObjectNode document, ObjectNode schemas, JsonNode words) {
        this.index = index;
        this.document = document;
        this.schemas = schemas;
        this.words = words;
    }

    void complete() {
        records();
        enums(schemas);
        enums(document.path("paths"));
        for (String token : List.of("TokenDraft", "TokenView", "NewToken")) {
            scopes((ObjectNode) schemas.path(token).at("/properties/scopes/items"));
        }
        patches();
        rename(schemas.path("TaskChange"), Contract.SCHEMAS + "TaskDraft", Contract.SCHEMAS + "TaskPatch");
        inlineIds();
        namePages();
        qualify();
        removeUnused();
        for (String name : names()) {
            ObjectNode schema = (ObjectNode) schemas.path(name);
            JsonNode said = words.path("schemas").path(name).path("description");
            if (said.isTextual()) {
                schema.set("description", said);
            }
            schema.path("properties")
                    .properties()
                    .forEach(property -> complete(name, property.getKey(), (ObjectNode) property.getValue()));
        }
        strings(document);
    }

    /// What is always there and what may be null, from the records themselves.
    private void records() {
        for (AnnotationInstance annotation : index.getAnnotations(DotName.createSimple(Schema.class))) {
            if (annotation.target() == null
                    || annotation.target().kind() != AnnotationTarget.Kind.CLASS
                    || annotation.value("name") == null) {
                continue;
            }
            JsonNode schema = schemas.path(annotation.value("name").asString());
            if (schema instanceof ObjectNode object) {
                record(load(annotation.target().asClass().name().toString()), object);
            }
        }
    }

    private static void record(Class<?> type, ObjectNode schema) {
        Map<String, String> comments = ContractComments.of(type);
        describe(schema, TextNode.valueOf(comments.getOrDefault("", "")));
        boolean sent = !isDraft(type);
        ArrayNode required = Contract.JSON.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (!(schema.path("properties").path(component.getName()) instanceof ObjectNode property)) {
                throw new IllegalStateException(type + " has no property " + component.getName() + " in " + schema);
            }
            describe(property, TextNode.valueOf(comments.getOrDefault(component.getName(), "")));
            limit(property, type, component.getName());
            boolean leftOutWhenEmpty =
                    type.isAnnotationPresent(JsonInclude.class) && (nullable || component.getType() == List.class);
            if (leftOutWhenEmpty) {
                continue;
            }
            if (nullable) {
                orNull(property);
            }
            boolean demanded = component.getAccessor().isAnnotationPresent(NotNull.class)
                    || component.getType().isPrimitive()
                    || !nullable;
            if (sent || demanded) {
                required.add(component.getName());
            }
        }
        schema.remove(List.of("required", "additionalProperties"));
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
    }

    /// How long a text may be, which the scanner does not see.
    private static void limit(ObjectNode property, Class<?> type, String name) {
        try {
            Text text = type.getDeclaredField(name).getAnnotation(Text.class);
            if (text != null) {
                property.put("maxLength", text.max());
                if (text.min() > 0) {
                    property.put("minLength", text.min());
                }
            }
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whether clients send it: then what may be null may also be missing.
    private static boolean isDraft(Class<?> type) {
        String name = type.getSimpleName();
        return name.endsWith("Draft") || name.endsWith("Target") || name.startsWith("Change") || DRAFTS.contains(name);
    }

    private static void orNull(ObjectNode property) {
        JsonNode type = property.path("type");
        if (type instanceof TextNode && !property.has("$ref")) {
            property.set(
                    "type", Contract.JSON.createArrayNode().add(type.asText()).add("null"));
        } else if (property.has("$ref")) {
            property.remove("type");
            ArrayNode either = property.putArray("anyOf");
            either.addObject().set("$ref", property.remove("$ref"));
            either.addObject().put("type", "null");
        }
    }

    /// Says what something is, unless it is said already.
    private static void describe(ObjectNode node, JsonNode description) {
        if (!node.path("description").isTextual() && !description.asText().isEmpty()) {
            node.set("description", description);
        }
    }

    /// Enums as they are written on the wire, and of a list on what it holds.
    private void enums(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("enum") instanceof ArrayNode values) {
            ArrayNode wire = Contract.JSON.createArrayNode();
            values.forEach(value -> wire.add(wireName(value.asText())));
            object.set("enum", wire);
            if (object.path("items") instanceof ObjectNode items) {
                items.set("enum", object.remove("enum"));
            }
        }
        if (node instanceof ObjectNode object && object.path("default").isTextual()) {
            String usual = object.path("default").asText();
            switch (object.path("type").asText()) {
                case "boolean" -> object.put("default", Boolean.parseBoolean(usual));
                case "integer" -> object.put("default", Integer.parseInt(usual));
                default -> {}
            }
        }
        node.forEach(this::enums);
    }

    /// What a token may be limited to, which the list of services says.
    private static void scopes(ObjectNode scope) {
        ArrayNode values = scope.putArray("enum");
        Catalogue.ALL.scopes().forEach(values::add);
    }

    private static String wireName(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A merge-patch may leave out what a new one must have.
    private void patches() {
        for (JsonNode path : document.path("paths")) {
            if (!(path.path("patch").path("requestBody").path("content") instanceof ObjectNode content)) {
                continue;
            }
            String ref = content.path("application/merge-patch+json")
                    .at("/schema/$ref")
                    .asText();
            String name = ref.substring(ref.lastIndexOf('/') + 1);
            if (name.isEmpty()) {
                continue;
            }
            String patchName = name.replaceFirst("Draft$", "") + "Patch";
            ObjectNode patch = ((ObjectNode) schemas.path(name)).deepCopy();
            patch.remove("required");
            patch.put("description", "A merge-patch (RFC 7396): what is sent replaces, what is not sent stays.");
            ((ObjectNode) patch.path("properties")).remove(IMMUTABLE.getOrDefault(patchName, ""));
            schemas.set(patchName, patch);
            content.removeAll();
            content.putObject("application/merge-patch+json")
                    .putObject("schema")
                    .put("$ref", Contract.SCHEMAS + patchName);
        }
    }

    /// An id is a UUID on the wire, whichever noun it names, and a timestamp a text.
    private void inlineIds() {
        for (String name : names()) {
            if (name.startsWith("tarn.") || name.equals("UUID") || name.equals("Instant")) {
                replace(document, Contract.SCHEMAS + name, (ObjectNode) schemas.remove(name));
            }
        }
    }

    private static void replace(JsonNode node, String reference, ObjectNode schema) {
        if (node instanceof ObjectNode object && object.path("$ref").asText().equals(reference)) {
            object.remove("$ref");
            object.setAll(schema);
        }
        node.forEach(child -> replace(child, reference, schema));
    }

    /// `PageView3` becomes `TaskPage`: named after what it holds.
    private void namePages() {
        for (String name : names()) {
            JsonNode item = schemas.path(name).at("/properties/items/items/$ref");
            if (name.startsWith("Page") && item.isTextual()) {
                String page = item.asText().replaceAll(".*/|View$", "") + "Page";
                record(Page.class, (ObjectNode) schemas.path(name));
                rename(name, page);
            }
        }
    }

    /// `Status` becomes `TaskStatus`: a name that says what it is without its package; a view of a task is a `Task`.
    private void qualify() {
        names().stream()
                .filter(name -> name.endsWith("View"))
                .forEach(name -> rename(name, name.substring(0, name.length() - "View".length())));
        words.path("names")
                .properties()
                .forEach(name -> rename(name.getKey(), name.getValue().asText()));
    }

    private void rename(String before, String after) {
        if (!schemas.has(before) || schemas.has(after)) {
            throw new IllegalStateException("Cannot be renamed: " + before + " to " + after);
        }
        schemas.set(after, schemas.remove(before));
        rename(document, Contract.SCHEMAS + before, Contract.SCHEMAS + after);
    }

    private static void rename(JsonNode node, String before, String after) {
        if (node instanceof ObjectNode object && object.path("$ref").asText().equals(before)) {
            object.put("$ref", after);
        }
        node.forEach(child -> rename(child, before, after));
    }

    void removeUnused() {
        for (int before = 0; before != schemas.size(); ) {
            before = schemas.size();
            String text = document.toString();
            for (String name : names()) {
                if (!text.contains('"' + Contract.SCHEMAS + name + '"')) {
                    schemas.remove(name);
                }
            }
        }
    }

    /// What is known of a property: what stands for this schema, else for its noun, else for all.
    private void complete(String schema, String name, ObjectNode property) {
        JsonNode known = word(words, schema, name);
        known.properties().forEach(word -> {
            boolean ofItems = property.path("type").toString().contains("array")
                    && (word.getKey().equals("maxLength") || word.getKey().equals("pattern"));
            ObjectNode target = ofItems
                    ? (ObjectNode) property.path("items")
                    : word.getKey().equals("maxLength")
                                    && property.path("additionalProperties") instanceof ObjectNode values
                            ? values
                            : property;
            if (!target.has(word.getKey())
                    && !word.getKey().equals("example")
                    && applies(word.getKey(), target.path("type").toString())) {
                target.set(word.getKey(), word.getValue());
            }
        });
    }

    private static boolean applies(String word, String type) {
        return switch (word) {
            case "maxLength", "minLength", "pattern", "format" -> type.contains("string");
            case "maxItems" -> type.contains("array");
            default -> true;
        };
    }

    /// The words of a property: what stands for its schema, its noun and all schemas, the first of each.
    static ObjectNode word(JsonNode words, String schema, String property) {
        ObjectNode found = Contract.JSON.createObjectNode();
        JsonNode all = words.path("properties");
        List<String> keys = new ArrayList<>(List.of("*"));
        all.fieldNames().forEachRemaining(noun -> {
            if (!noun.equals("*") && schema.matches(noun + "([A-Z].*)?")) {
                keys.add(noun);
            }
        });
        keys.sort((one, other) -> Integer.compare(one.length(), other.length()));
        keys.forEach(key -> {
            if (all.path(key).path(property) instanceof ObjectNode known) {
                found.setAll(known);
            }
        });
        return found;
    }

    /// Ids and timestamps have a length that everybody knows; patterns are of the whole text.
    private static void strings(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("type").toString().contains("\"string\"")) {
            switch (object.path("format").asText()) {
                case "uuid" -> {
                    object.remove("pattern");
                    object.put("maxLength", 36);
                }
                case "date-time" -> {
                    object.remove("examples");
                    object.put("maxLength", 35);
                }
                default -> {}
            }
        }
        if (node instanceof ObjectNode object && object.path("pattern").isTextual()) {
            String pattern = object.path("pattern").asText();
            if (!pattern.startsWith("^")) {
                object.put("pattern", '^' + (pattern.contains("|") ? "(?:" + pattern + ')' : pattern) + '$');
            }
        }
        node.forEach(ContractSchemas::strings);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        schemas.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
