package tarn.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;
import tarn.platform.problem.Problem;
import tarn.platform.problem.ProblemCodes;

/// What an operation can answer: its headers and, by its method, parameters and rights, the problems
/// with their codes. What only this operation refuses stands beside its method, in [ProblemCodes].
final class ContractAnswers {

    private static final DotName CODES = DotName.createSimple(ProblemCodes.class);
    private static final DotName ROLES = DotName.createSimple(RolesAllowed.class);
    private static final DotName ANYBODY = DotName.createSimple(PermitAll.class);
    private static final String RESPONSES = "#/components/responses/";

    /// What any request can be answered that says nothing of the operation.
    private static final Map<String, Integer> OTHERS = new TreeMap<>(Map.of(
            "method-not-allowed", 405,
            "not-acceptable", 406,
            "request-timeout", 408,
            "uri-too-long", 414,
            "misdirected", 421,
            "headers-too-large", 431,
            "internal", 500,
            "unavailable", 502));

    /// Those that are never missing where they are listed.
    private static final Set<String> ALWAYS = Set.of("ETag", "Location");

    private static final Map<Integer, String> NAMES = Map.of(
            400, "BadRequest",
            401, "Unauthenticated",
            403, "Forbidden",
            404, "NotFound",
            409, "Conflict",
            412, "Outdated",
            413, "TooLarge",
            415, "UnsupportedMediaType",
            422, "Invalid",
            429, "TooManyRequests");

    private final ObjectNode schemas;
    private final ObjectNode responses;

    ContractAnswers(ObjectNode document, ObjectNode schemas) {
        this.schemas = schemas;
        ObjectNode components = (ObjectNode) document.path("components");
        this.responses = components.putObject("responses");
        headers(components.putObject("headers"));
    }

    void complete(String path, String verb, ObjectNode operation, MethodInfo method) {
        List<String> roles = roles(method);
        secure(operation, roles);
        ObjectNode answers = (ObjectNode) operation.path("responses");
        answers.remove(List.of("401", "403", "400"));
        Map<Integer, Set<String>> codes = codes(path, verb, operation, roles);
        Map<Integer, Set<String>> particular = particular(method);
        success(operation, answers, codes.containsKey(409));
        if (verb.equals("get") && isVersioned(operation)) {
            ObjectNode unchanged = answers.putObject("304");
            unchanged.put("description", "It is still what `If-None-Match` names.");
            headers(unchanged, List.of("ETag"));
        }
        codes.forEach((status, common) -> {
            Set<String> own = particular.getOrDefault(status, Set.of());
            ObjectNode answer = answers.putObject(status.toString());
            if (!own.isEmpty()) {
                Set<String> all = new TreeSet<>(common);
                all.addAll(own);
                refusal(answer, status, all);
            } else {
                String name = name(status, common);
                if (!responses.has(name)) {
                    refusal(responses.putObject(name), status, common);
                }
                answer.put("$ref", RESPONSES + name);
            }
        });
        particular.forEach((status, own) -> {
            if (!codes.containsKey(status)) {
                refusal(answers.putObject(status.toString()), status, own);
            }
        });
        if (!responses.has("Unavailable")) {
            refusal(
                    responses.putObject("Unavailable"),
                    503,
                    new TreeSet<>(List.of("overloaded", "took-too-long", "unavailable")));
            refusal(responses.putObject("Other"), 0, OTHERS.keySet());
        }
        answers.putObject("503").put("$ref", RESPONSES + "Unavailable");
        answers.putObject("default").put("$ref", RESPONSES + "Other");
        sort(answers);
    }

    private static List<String> roles(MethodInfo method) {
        if (method.hasAnnotation(ANYBODY)) {
            return List.of();
        }
        AnnotationInstance allowed = method.hasAnnotation(ROLES)
                ? method.annotation(ROLES)
                : method.declaringClass().declaredAnnotation(ROLES);
        return Arrays.stream(allowed.value().asStringArray())
                .filter(role -> !role.startsWith("service:"))
                .toList();
    }

    /// Tags in lower case, and who may.
    private static void secure(ObjectNode operation, List<String> roles) {
        ArrayNode tags = (ArrayNode) operation.path("tags");
        tags.set(0, tags.path(0).asText().toLowerCase(Locale.ROOT));
        ArrayNode security = operation.putArray("security");
        if (roles.isEmpty()) {
            return;
        }
        security.addObject().putArray("cookie");
        security.addObject().putArray("bearer");
        String role = roles.getFirst();
        String right = role.contains(":")
                ? "A personal access token needs " + (roles.size() == 1 ? "the scope `" : "one of the scopes `")
                        + String.join("`, `", roles) + "`."
                : role.equals("administrator")
                        ? "Only an administrator who has signed in may."
                        : "Only for who has signed in: personal access tokens may not.";
        String description = operation.path("description").asText("");
        operation.put("description", description.isEmpty() ? right : description + "\n\n" + right);
    }

    private static Map<Integer, Set<String>> codes(String path, String verb, ObjectNode operation, List<String> roles) {
        Map<Integer, Set<String>> codes = new TreeMap<>();
        JsonNode content = operation.path("requestBody").path("content");
        boolean body = !content.isMissingNode();
        boolean json = body && content.toString().contains("json");
        boolean query = has(operation, "query", "");
        boolean key = has(operation, "header", "Idempotency-Key");
        add(codes, 400, true, "malformed", "unknown-parameter");
        add(codes, 400, query, "invalid", "repeated-parameter");
        add(codes, 400, json, "invalid", "malformed-json");
        add(codes, 400, key, "invalid");
        add(codes, 401, !roles.isEmpty(), "unauthenticated");
        add(codes, 403, !roles.isEmpty(), "forbidden");
        add(codes, 403, !verb.equals("get"), "cross-site");
        add(codes, 404, path.contains("{"), "not-found");
        add(codes, 404, canBeLeftOut(path), "not-available");
        add(codes, 409, key, "idempotency-in-flight");
        add(codes, 412, has(operation, "header", "If-Match"), "version-mismatch");
        add(codes, 413, body, "too-large");
        add(codes, 415, body, "unsupported-media-type");
        add(codes, 422, json, "invalid");
        add(codes, 422, key, "idempotency-key-reused");
        add(codes, 429, true, "too-many-requests");
        return codes;
    }

    private static void add(Map<Integer, Set<String>> codes, int status, boolean applies, String... more) {
        if (applies) {
            codes.computeIfAbsent(status, _ -> new TreeSet<>()).addAll(List.of(more));
        }
    }

    private static boolean has(ObjectNode operation, String in, String name) {
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asText().equals(in)
                    && (name.isEmpty() || parameter.path("name").asText().equals(name))) {
                return true;
            }
        }
        return false;
    }

    private static boolean canBeLeftOut(String path) {
        return Catalogue.ALL.services().stream()
                .filter(Service::optional)
                .flatMap(service -> service.paths().stream())
                .anyMatch(word -> (path + '/').startsWith("/api/" + word + '/'));
    }

    private static Map<Integer, Set<String>> particular(MethodInfo method) {
        Map<Integer, Set<String>> codes = new TreeMap<>();
        AnnotationInstance said = method.annotation(CODES);
        AnnotationValue value = said == null ? null : said.value();
        for (String each : value == null ? new String[0] : value.asStringArray()) {
            List<String> parts = List.of(each.split(",? ", -1));
            add(
                    codes,
                    Integer.parseInt(parts.getFirst()),
                    true,
                    parts.subList(1, parts.size()).toArray(String[]::new));
        }
        return codes;
    }

    /// A name of what many operations answer alike, after its codes.
    private static String name(int status, Set<String> codes) {
        Set<String> usual = switch (status) {
            case 400 ->
                codes.size() == 2
                        ? Set.of("malformed", "unknown-parameter")
                        : Set.of("malformed", "unknown-parameter", "invalid");
            case 404, 422 -> Set.of();
            default -> codes.size() == 1 && status != 403 ? codes : Set.of();
        };
        String suffix = codes.stream()
                .filter(code -> !usual.contains(code))
                .map(ContractAnswers::pascal)
                .collect(Collectors.joining("Or"));
        return status == 400 || suffix.isEmpty() ? NAMES.get(status) + suffix : suffix;
    }

    private static String pascal(String code) {
        return Arrays.stream(code.split("-", -1))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    /// @param status 0 for any
    private static void refusal(ObjectNode answer, int status, Set<String> codes) {
        answer.put(
                "description",
                codes.stream()
                        .map(code -> "- `" + code + "`" + (status == 0 ? " (" + OTHERS.get(code) + ")" : "") + ": "
                                + ContractProblems.meaning(code))
                        .collect(Collectors.joining("\n")));
        List<String> more = switch (status) {
            case 0 -> List.of("Allow");
            case 401 -> List.of("Set-Cookie", "WWW-Authenticate");
            case 429, 503 -> List.of("Retry-After");
            default -> List.of();
        };
        headers(answer, more);
        ObjectNode content = answer.putObject("content").putObject(Problem.MEDIA_TYPE);
        ArrayNode both = content.putObject("schema").putArray("allOf");
        both.addObject().put("$ref", Contract.SCHEMAS + "Problem");
        ArrayNode values = both.addObject()
                .put("type", "object")
                .putObject("properties")
                .putObject("code")
                .put("type", "string")
                .putArray("enum");
        codes.forEach(values::add);
        ObjectNode examples = content.putObject("examples");
        codes.forEach(code -> examples.putObject(code)
                .set("value", ContractProblems.example(status == 0 ? OTHERS.getOrDefault(code, 500) : status, code)));
    }

    private void success(ObjectNode operation, ObjectNode answers, boolean idempotent) {
        for (Map.Entry<String, JsonNode> each : answers.properties()) {
            ObjectNode answer = (ObjectNode) each.getValue();
            String schema = schema(answer);
            String description = schemas.path(schema).path("description").asText("");
            if (!description.isEmpty()) {
                answer.put("description", description);
            }
            List<String> more = new ArrayList<>();
            if (schemas.path(schema).path("properties").has("version")) {
                more.add("ETag");
            }
            boolean isJob = each.getKey().equals("202")
                    && operation.path("operationId").asText().equals("changeTasks");
            if (each.getKey().equals("201") || isJob) {
                more.add("Location");
            }
            if (isJob) {
                more.add("Preference-Applied");
            }
            if (idempotent) {
                more.add("Idempotent-Replayed");
            }
            if (Set.of("signIn", "signOut", "deleteMe")
                    .contains(operation.path("operationId").asText())) {
                more.add("Set-Cookie");
            }
            headers(answer, more);
        }
    }

    /// Whether what it answers has a version, and so an entity tag.
    boolean isVersioned(ObjectNode operation) {
        return schemas.path(schema(operation.path("responses").path("200")))
                .path("properties")
                .has("version");
    }

    private static String schema(JsonNode answer) {
        return answer.at("/content/application~1json/schema/$ref").asText().replaceAll(".*/", "");
    }

    /// @param more than every answer has
    private static void headers(ObjectNode answer, List<String> more) {
        Set<String> names = new TreeSet<>(List.of("Cache-Control", "RateLimit", "RateLimit-Policy", "X-Request-Id"));
        names.addAll(more);
        ObjectNode headers = answer.putObject("headers");
        names.forEach(name -> headers.putObject(name).put("$ref", "#/components/headers/" + name));
    }

    private static void headers(ObjectNode headers) {
        header(headers, "Allow", "The methods that this address takes.", 100, "GET, HEAD");
        header(headers, "Cache-Control", "Whether the answer may be kept; mostly not.", 100, "no-store");
        header(
                headers,
                "ETag",
                "The version of what is answered: for `If-Match`, to change only what one has read, and for"
                        + " `If-None-Match`.",
                30,
                "\"3\"");
        header(headers, "Idempotent-Replayed", "The answer is that of an earlier request with this key.", 4, "true");
        header(headers, "Location", "Where the new thing is.", 200, "/api/tasks/018f3b1c-5d5e-7c43-9a0e-3f1d2b4c5d6e");
        header(headers, "Preference-Applied", "What was preferred and is done (RFC 7240).", 20, "respond-async");
        header(
                headers,
                "RateLimit",
                "What is left now (`r`) and the seconds until all of it is there again (`t`).",
                60,
                "\"caller\";r=199;t=1");
        header(
                headers,
                "RateLimit-Policy",
                "How many requests are taken at once (`q`) in how many seconds (`w`), of a caller or an address.",
                60,
                "\"caller\";q=200;w=2");
        ObjectNode wait = headers.putObject("Retry-After");
        wait.put("description", "Seconds to wait before it may work.").put("required", true);
        wait.putObject("schema").put("type", "integer").put("minimum", 1);
        wait.put("example", 1);
        header(headers, "Set-Cookie", "Gives a browser the session's cookie, or takes it back.", 500, "tarn_session=…");
        header(headers, "WWW-Authenticate", "How to say who one is.", 20, "Bearer");
        header(
                headers,
                "X-Request-Id",
                "The request's id, as in the log: what was sent under this name, 8 to 64 of A-Z a-z 0-9 _ and -, or a"
                        + " new one.",
                64,
                "018f3b1c-5d5e-7c43-9a0e-3f1d2b4c5d6e");
    }

    private static void header(ObjectNode headers, String name, String description, int maxLength, String example) {
        ObjectNode header = headers.putObject(name);
        header.put("description", description);
        if (ALWAYS.contains(name)) {
            header.put("required", true);
        }
        header.putObject("schema").put("type", "string").put("maxLength", maxLength);
        header.put("example", example);
    }

    private static void sort(ObjectNode answers) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        answers.properties().forEach(answer -> sorted.put(answer.getKey(), answer.getValue()));
        answers.removeAll();
        sorted.forEach(answers::set);
    }
}
