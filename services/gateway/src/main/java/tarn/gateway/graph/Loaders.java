package tarn.gateway.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.dataloader.BatchLoader;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.Try;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.service.Call;
import tarn.platform.service.CallTimeout;
import tarn.platform.service.ServiceClient;

/// Calls services for one query, on behalf of its user: reads of one level of fields become one
/// call per service, of at most 500, and each other operation a call of its own.
final class Loaders {

    /// Reads per call.
    private static final int MAX_BATCH = 500;

    /// A read of one field.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Read(
            String kind,
            String id,
            @Nullable String text,
            @Nullable String status,
            @Nullable String sort,
            @Nullable String timeZone,
            @Nullable String cursor,
            @Nullable Integer limit) {

        static Read one(String kind, String id) {
            return new Read(kind, id, null, null, null, null, null, null);
        }
    }

    private record Reads(List<Read> reads) {}

    private record Users(List<String> ids) {}

    private record Calculations(List<Map<String, Object>> calculations) {}

    private final GraphMemory.Room room;
    private final Executor threads;
    private final boolean usersMayBeRead;
    private final Map<String, Call> together = new HashMap<>();
    private final Map<String, Call> own = new HashMap<>();
    private final DataLoaderRegistry registry = new DataLoaderRegistry();
    private final DataLoader<Read, JsonNode> tasks = loader("tasks", keys -> reads("tasks", keys));
    private final DataLoader<Read, JsonNode> posts = loader("posts", keys -> reads("posts", keys));
    private final DataLoader<String, JsonNode> users = loader("users", this::named);
    private final DataLoader<Map<String, Object>, JsonNode> calculations = loader("calculations", this::calculated);

    /// @param authorization of the user
    /// @param usersMayBeRead whether the token has the scope to read users
    /// @param room memory for responses
    Loaders(
            ServiceClient services,
            String authorization,
            boolean usersMayBeRead,
            Executor threads,
            GraphMemory.Room room) {
        this.room = room;
        this.threads = threads;
        this.usersMayBeRead = usersMayBeRead;
        // Made here, by the thread that serves the request: they pass on what that carries.
        for (String service : List.of("tasks", "posts", "identity")) {
            together.put(
                    service,
                    services.to(service)
                            .onBehalfOf(authorization)
                            .within(CallTimeout.NEEDED)
                            .repeatable());
        }
        for (String service : List.of("tasks", "posts", "identity", "calculator")) {
            own.put(service, services.to(service).as(authorization).within(CallTimeout.NEEDED));
        }
    }

    DataLoaderRegistry registry() {
        return registry;
    }

    /// Loads projects, tasks and items.
    DataLoader<Read, JsonNode> tasks() {
        return tasks;
    }

    DataLoader<Read, JsonNode> posts() {
        return posts;
    }

    /// Loads users by id, as `{id, name}`; null for deleted users.
    DataLoader<String, JsonNode> users() {
        return users;
    }

    /// Loads calculations by their REST requests.
    DataLoader<Map<String, Object>, JsonNode> calculations() {
        return calculations;
    }

    /// Calls an operation of a service as the user would by REST.
    ///
    /// @param version expected version; null for any
    CompletableFuture<JsonNode> ask(
            String service, String method, String path, @Nullable Object body, @Nullable Integer version) {
        boolean changes = !method.equals("GET");
        // A change that is given up may have been made all the same.
        Call usual = Objects.requireNonNull(own.get(service));
        Call call = changes ? usual.within(CallTimeout.LONG) : usual;
        Call careful = version == null ? call : call.ifMatch(version);
        CompletableFuture<JsonNode> answer = later(() -> body(careful.ask(method, path, body)));
        // What was read before a change is not what is there after it.
        return changes
                ? answer.whenComplete((_, _) -> registry.getDataLoaders().forEach(DataLoader::clearAll))
                : answer;
    }

    private CompletionStage<List<Try<JsonNode>>> reads(String service, List<Read> reads) {
        return later(() -> each(together(service, "/internal/" + service + "/reads", new Reads(reads))));
    }

    private CompletionStage<List<Try<JsonNode>>> named(List<String> ids) {
        return later(() -> {
            if (!usersMayBeRead) {
                throw ServiceProblemException.of(
                        new Refusal.Forbidden("forbidden", "This credential may not do that."));
            }
            Map<String, JsonNode> known = new HashMap<>();
            together("identity", "/internal/identity/users", new Users(ids))
                    .path("items")
                    .forEach(user -> known.put(user.path("id").asText(), user));
            return ids.stream().map(id -> Try.succeeded(known.get(id))).toList();
        });
    }

    private CompletionStage<List<Try<JsonNode>>> calculated(List<Map<String, Object>> drafts) {
        return later(() -> each(body(Objects.requireNonNull(own.get("calculator"))
                .repeatable()
                .ask("POST", "/api/calculations/batch", new Calculations(drafts)))));
    }

    private JsonNode together(String service, String path, Object body) {
        return body(Objects.requireNonNull(together.get(service)).ask("POST", path, body));
    }

    private JsonNode body(Call.Answer answer) {
        room.take(answer.length());
        if (!answer.isSuccessful()) {
            throw new ServiceProblemException(answer.status(), answer.body());
        }
        return answer.body();
    }

    /// Splits a batch response; services name a resource `body` and a calculation `result`.
    private static List<Try<JsonNode>> each(JsonNode answers) {
        List<Try<JsonNode>> each = new ArrayList<>();
        for (JsonNode answer : answers.path("items")) {
            int status = answer.path("status").asInt();
            JsonNode body = answer.hasNonNull("body") ? answer.get("body") : answer.path("result");
            each.add(
                    status == 200
                            ? Try.succeeded(body)
                            : Try.failed(new ServiceProblemException(status, answer.path("problem"))));
        }
        return each;
    }

    private <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.get();
                    } catch (Refusal refusal) {
                        throw ServiceProblemException.of(refusal);
                    }
                },
                threads);
    }

    private <K> DataLoader<K, JsonNode> loader(String name, BatchLoader<K, Try<JsonNode>> batch) {
        DataLoader<K, JsonNode> loader = DataLoaderFactory.newDataLoaderWithTry(
                name,
                batch,
                DataLoaderOptions.newOptions().setMaxBatchSize(MAX_BATCH).build());
        registry.register(name, loader);
        return loader;
    }
}
