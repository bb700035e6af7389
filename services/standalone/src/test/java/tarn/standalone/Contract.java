package tarn.standalone;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.openapi.api.SmallRyeOASConfig;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexReader;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Catalogue;
import tarn.platform.http.Page;

/// The contract of Tarn's API, OpenAPI 3.1, as the code of all services says it.
///
/// The scanner knows paths, parameters and shapes. Added here is what it cannot see: enums as they
/// are written on the wire, which fields are always there and which may be null, merge-patches that
/// require nothing, and that every operation can answer with a problem.
final class Contract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES));

    private final IndexView index;
    private final ObjectNode document;

    private Contract(IndexView index, ObjectNode document) {
        this.index = index;
        this.document = document;
    }

    /// The whole contract as YAML.
    static String yaml() throws IOException {
        IndexView index = index();
        String scanned = SmallRyeOpenAPI.builder()
                .withConfig(new SmallRyeConfigBuilder()
                        .withDefaultValue(SmallRyeOASConfig.DEFAULT_PRODUCES, "application/json")
                        .withDefaultValue(SmallRyeOASConfig.DEFAULT_CONSUMES, "application/json")
                        .withDefaultValue("mp.openapi.extensions.smallrye.sorted-parameters.enable", "true")
                        // Ids are written as the text they hold.
                        .withDefaultValue("mp.openapi.schema.tarn.tasks.Task$Id", ID)
                        .withDefaultValue("mp.openapi.schema.tarn.tasks.Project$Id", ID)
                        .withDefaultValue("mp.openapi.schema.tarn.tasks.Section$Id", ID)
                        .withDefaultValue("mp.openapi.schema.tarn.tasks.Label$Id", ID)
                        .withDefaultValue("mp.openapi.schema.tarn.posts.Post$Id", ID)
                        .build())
                .withIndex(index)
                .withScannerClassLoader(Contract.class.getClassLoader())
                .withApplicationClassLoader(Contract.class.getClassLoader())
                .enableModelReader(false)
                .enableStandardStaticFiles(false)
                .enableStandardFilter(false)
                .enableAnnotationScan(true)
                .build()
                .toJSON();
        Contract contract = new Contract(index, (ObjectNode) JSON.readTree(scanned));
        contract.complete();
        return YAML.writeValueAsString(contract.document);
    }

    private static IndexView index() throws IOException {
        List<IndexView> all = new ArrayList<>();
        var files = Contract.class.getClassLoader().getResources("META-INF/jandex.idx");
        while (files.hasMoreElements()) {
            var file = files.nextElement();
            if (file.getPath().contains("smallrye") || file.getPath().contains("quarkus-")) {
                continue;
            }
            try (InputStream in = file.openStream()) {
                Index one = new IndexReader(in).read();
                if (one.getKnownClasses().stream()
                        .anyMatch(type -> type.name().toString().startsWith("tarn."))) {
                    all.add(one);
                }
            }
        }
        return CompositeIndex.create(all);
    }

    private void complete() {
        ObjectNode info = document.putObject("info");
        info.put("title", "Tarn").put("version", "0.1.0").put("license", "");
        info.set("license", JSON.createObjectNode().put("name", "Apache-2.0"));
        info.put(
                "description",
                "Users, projects, tasks and posts behind one gateway. Browsers send the session cookie, programs a bearer"
                        + " token. Lists are paged by cursor; PATCH is a merge-patch (RFC 7396); errors are problems"
                        + " (RFC 9457) with stable codes.");
        ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
        records(schemas);
        enums(schemas);
        scopes((ObjectNode) schemas.at("/TokenDraft/properties/scopes/items"));
        operations(schemas);
        rename(schemas.path("TaskChange"), REF + "TaskDraft", REF + "TaskPatch");
        inlineIds(schemas);
        namePages(schemas);
        removeUnused(schemas);
        ObjectNode security = ((ObjectNode) document.path("components")).putObject("securitySchemes");
        security.putObject("bearer").put("type", "http").put("scheme", "bearer");
        security.putObject("cookie").put("type", "apiKey").put("in", "cookie").put("name", "tarn_session");
        sort("/paths");
        sort("/components/schemas");
    }

    /// What is always there and what may be null, from the records themselves.
    private void records(ObjectNode schemas) {
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
        boolean sent = !isDraft(type);
        ArrayNode required = JSON.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (!(schema.path("properties").path(component.getName()) instanceof ObjectNode property)) {
                throw new IllegalStateException(type + " has no property " + component.getName() + " in " + schema);
            }
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

    /// Whether clients send it: then what may be null may also be missing.
    private static boolean isDraft(Class<?> type) {
        String name = type.getSimpleName();
        return name.endsWith("Draft") || name.endsWith("Target") || name.startsWith("Change") || DRAFTS.contains(name);
    }

    private static void orNull(ObjectNode property) {
        JsonNode type = property.path("type");
        if (type instanceof TextNode) {
            property.set("type", JSON.createArrayNode().add(type.asText()).add("null"));
        } else if (property.has("$ref")) {
            ArrayNode either = JSON.createArrayNode();
            either.addObject().put("$ref", property.path("$ref").asText());
            either.addObject().put("type", "null");
            property.removeAll();
            property.set("anyOf", either);
        }
    }

    /// Enums as they are written on the wire, and of a list on what it holds.
    private void enums(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("enum") instanceof ArrayNode values) {
            ArrayNode wire = JSON.createArrayNode();
            values.forEach(value -> wire.add(wireName(value.asText())));
            object.set("enum", wire);
            if (object.path("items") instanceof ObjectNode items) {
                items.set("enum", object.remove("enum"));
            }
        }
        if (node instanceof ObjectNode object && object.path("type").asText().equals("boolean")) {
            JsonNode usual = object.path("default");
            if (usual.isTextual()) {
                object.put("default", Boolean.parseBoolean(usual.asText()));
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

    private void operations(ObjectNode schemas) {
        Set<String> anonymous = anonymous();
        Map<String, ObjectNode> changes = new LinkedHashMap<>();
        for (JsonNode path : document.path("paths")) {
            enums(path);
            for (Map.Entry<String, JsonNode> entry : path.properties()) {
                if (!(entry.getValue() instanceof ObjectNode operation) || !operation.has("responses")) {
                    continue;
                }
                if (entry.getKey().equals("patch")) {
                    mergePatch(operation, schemas, changes);
                }
                ObjectNode responses = (ObjectNode) operation.path("responses");
                responses.remove(List.of("401", "403", "400"));
                ObjectNode problem = responses.putObject("default");
                problem.put("description", "A problem");
                problem.putObject("content")
                        .putObject("application/problem+json")
                        .putObject("schema")
                        .put("$ref", REF + "Problem");
                ArrayNode security = operation.putArray("security");
                if (!anonymous.contains(operation.path("operationId").asText())) {
                    security.addObject().putArray("cookie");
                    security.addObject().putArray("bearer");
                }
            }
        }
        schemas.setAll(changes);
    }

    private static final DotName OPERATION = DotName.createSimple(Operation.class);
    private static final Set<String> DRAFTS = Set.of("Credentials", "Deletion", "Profile", "PasswordChange", "Refresh");
    private static final String REF = "#/components/schemas/";
    private static final String ID = "{\"type\": \"string\", \"format\": \"uuid\"}";

    /// The operations that ask for no credential, by their ids.
    private Set<String> anonymous() {
        Set<String> ids = new HashSet<>();
        for (AnnotationInstance permission : index.getAnnotations(DotName.createSimple(PermitAll.class))) {
            AnnotationInstance operation = permission.target().asMethod().annotation(OPERATION);
            if (operation != null && operation.value("operationId") != null) {
                ids.add(operation.value("operationId").asString());
            }
        }
        return ids;
    }

    /// A merge-patch may leave out what a new one must have.
    private static void mergePatch(ObjectNode operation, ObjectNode schemas, Map<String, ObjectNode> changes) {
        if (!(operation.path("requestBody").path("content") instanceof ObjectNode content)) {
            throw new IllegalStateException("Which body does it take? " + operation);
        }
        String ref =
                content.path("application/merge-patch+json").at("/schema/$ref").asText();
        String name = ref.substring(ref.lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            return;
        }
        String changeName = name.replaceFirst("Draft$", "") + "Patch";
        ObjectNode change = ((ObjectNode) schemas.path(name)).deepCopy();
        change.remove("required");
        changes.put(changeName, change);
        content.removeAll();
        content.putObject("application/merge-patch+json").putObject("schema").put("$ref", REF + changeName);
    }

    /// An id is a UUID on the wire, whichever noun it names.
    private void inlineIds(ObjectNode schemas) {
        for (String name : names(schemas)) {
            if (name.startsWith("tarn.")) {
                replace(document, REF + name, (ObjectNode) schemas.remove(name));
            }
        }
    }

    private static void replace(JsonNode node, String reference, ObjectNode schema) {
        if (node instanceof ObjectNode object && object.path("$ref").asText().equals(reference)) {
            object.removeAll();
            object.setAll(schema);
        }
        node.forEach(child -> replace(child, reference, schema));
    }

    /// `PageView3` becomes `TaskPage`: named after what it holds.
    private void namePages(ObjectNode schemas) {
        for (String name : names(schemas)) {
            JsonNode item = schemas.path(name).at("/properties/items/items/$ref");
            if (name.startsWith("Page") && item.isTextual()) {
                String page = item.asText().replaceAll(".*/|View$", "") + "Page";
                record(Page.class, (ObjectNode) schemas.path(name));
                schemas.set(page, schemas.remove(name));
                rename(document, REF + name, REF + page);
            }
        }
    }

    private static void rename(JsonNode node, String before, String after) {
        if (node instanceof ObjectNode object && object.path("$ref").asText().equals(before)) {
            object.put("$ref", after);
        }
        node.forEach(child -> rename(child, before, after));
    }

    private void removeUnused(ObjectNode schemas) {
        for (int before = 0; before != schemas.size(); ) {
            before = schemas.size();
            String text = document.toString();
            for (String name : names(schemas)) {
                if (!text.contains('"' + REF + name + '"')) {
                    schemas.remove(name);
                }
            }
        }
    }

    private static List<String> names(ObjectNode schemas) {
        List<String> names = new ArrayList<>();
        schemas.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void sort(String pointer) {
        ObjectNode node = (ObjectNode) document.at(pointer);
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        node.removeAll();
        sorted.forEach(node::set);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
