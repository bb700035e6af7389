package tarn.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.openapi.api.SmallRyeOASConfig;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.CompositeIndex;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexReader;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/// The contract of Tarn's API, OpenAPI 3.1, as the code of all services says it.
///
/// The scanner knows paths, parameters and shapes. What it cannot see is added by rule: shapes by
/// [ContractSchemas], answers and their headers by [ContractAnswers], parameters by
/// [ContractParameters], examples by [ContractExamples]. Words and numbers that no annotation says
/// are in `contract/properties.yaml`.
final class Contract {

    static final ObjectMapper JSON = new ObjectMapper();
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES));

    static final String SCHEMAS = "#/components/schemas/";
    private static final DotName OPERATION = DotName.createSimple(Operation.class);
    private static final String ID = "{\"type\": \"string\", \"format\": \"uuid\"}";

    private final IndexView index;
    private final ObjectNode document;

    private Contract(IndexView index, ObjectNode document) {
        this.index = index;
        this.document = document;
    }

    /// The whole contract as YAML.
    static String yaml() throws IOException {
        IndexView index = index();
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .withDefaultValue(SmallRyeOASConfig.DEFAULT_PRODUCES, "application/json")
                .withDefaultValue(SmallRyeOASConfig.DEFAULT_CONSUMES, "application/json")
                .withDefaultValue("mp.openapi.extensions.smallrye.sorted-parameters.enable", "true");
        // Ids are written as the text they hold.
        ids(index).forEach(id -> config.withDefaultValue("mp.openapi.schema." + id, ID));
        String scanned = SmallRyeOpenAPI.builder()
                .withConfig(config.build())
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

    /// The nouns' own ids: records of one UUID.
    private static List<String> ids(IndexView index) {
        return index.getKnownClasses().stream()
                .filter(type -> type.isRecord()
                        && type.simpleName().equals("Id")
                        && type.name().toString().startsWith("tarn."))
                .map(ClassInfo::name)
                .map(DotName::toString)
                .toList();
    }

    private void complete() throws IOException {
        ObjectNode words = (ObjectNode) YAML.readTree(Contract.class.getResourceAsStream("/contract/properties.yaml"));
        about();
        ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
        ContractSchemas shapes = new ContractSchemas(index, document, schemas, words);
        shapes.complete();
        ContractParameters parameters = new ContractParameters(words.path("parameters"));
        ContractAnswers answers = new ContractAnswers(document, schemas);
        ContractExamples examples = new ContractExamples(document, schemas, words);
        Map<String, MethodInfo> methods = methods();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
                if (entry.getValue() instanceof ObjectNode operation && operation.has("responses")) {
                    String id = operation.path("operationId").asText();
                    MethodInfo method = Objects.requireNonNull(methods.get(id), id);
                    parameters.complete(
                            path.getKey(), entry.getKey(), operation, method, answers.isVersioned(operation));
                    answers.complete(path.getKey(), entry.getKey(), operation, method);
                    examples.complete(operation);
                }
            }
        }
        examples.requireAll();
        shapes.removeUnused();
        security();
        sort("/paths");
        ((ObjectNode) document.path("components")).properties().forEach(part -> sort("/components/" + part.getKey()));
    }

    private void about() {
        ObjectNode info = document.putObject("info");
        info.put("title", "Tarn").put("version", "0.1.0");
        info.put(
                "description",
                "Users, projects, tasks and posts behind one gateway. Browsers send the session cookie, programs a bearer"
                        + " token. Lists are paged by cursor; PATCH is a merge-patch (RFC 7396); errors are problems"
                        + " (RFC 9457) with stable codes.");
        info.putObject("contact").put("name", "Whoever runs this Tarn");
        info.putObject("license").put("name", "Apache License 2.0").put("identifier", "Apache-2.0");
        ArrayNode servers = document.putArray("servers");
        servers.addObject().put("url", "/").put("description", "The Tarn that serves this contract");
        ArrayNode tags = document.putArray("tags");
        tag(tags, "calculations", "Expressions in, exact decimals out. A Tarn can run without them.");
        tag(tags, "imports", "Projects made of the exports of other tools.");
        tag(tags, "invitations", "Links that let others in, to a project or to this Tarn.");
        tag(tags, "items", "Things with a quantity, a price and a calculated total.");
        tag(tags, "jobs", "Changes that are accepted now and done soon.");
        tag(tags, "live", "What changes while it changes. A Tarn can run without it.");
        tag(tags, "posts", "Posts on projects, comments on tasks, and replies. A Tarn can run without them.");
        tag(tags, "projects", "Projects with their members, sections and labels.");
        tag(tags, "search", "One search over projects, tasks, posts and users.");
        tag(tags, "sessions", "Signing in and out, and the keys that access tokens are signed with.");
        tag(tags, "tasks", "Tasks and sub-tasks.");
        tag(tags, "timetable", "Recurring jobs, for administrators. A Tarn can run without them.");
        tag(tags, "tokens", "Personal access tokens for programs.");
        tag(tags, "users", "Accounts and registration.");
    }

    private static void tag(ArrayNode tags, String name, String description) {
        tags.addObject().put("name", name).put("description", description);
    }

    private void security() {
        ObjectNode security = ((ObjectNode) document.path("components")).putObject("securitySchemes");
        security.putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put(
                        "description",
                        "An access token of a session, or a personal access token with the scopes that are named.");
        security.putObject("cookie")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "tarn_session")
                .put(
                        "description",
                        "What a browser holds after it has signed in; `__Host-tarn_session` where Tarn has an https"
                                + " address. Changes must come from Tarn's own pages.");
    }

    /// The method of every public operation, by the operation's id.
    private Map<String, MethodInfo> methods() {
        Map<String, MethodInfo> methods = new TreeMap<>();
        for (AnnotationInstance operation : index.getAnnotations(OPERATION)) {
            AnnotationValue id = operation.value("operationId");
            if (id != null) {
                methods.put(id.asString(), operation.target().asMethod());
            }
        }
        return methods;
    }

    private void sort(String pointer) {
        ObjectNode node = (ObjectNode) document.at(pointer);
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        node.removeAll();
        sorted.forEach(node::set);
    }
}
