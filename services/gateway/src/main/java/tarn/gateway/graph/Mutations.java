package tarn.gateway.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.TypeRuntimeWiring;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The GraphQL mutations, each one operation of the REST API.
final class Mutations {

    private Mutations() {}

    static TypeRuntimeWiring.Builder wired(TypeRuntimeWiring.Builder mutation) {
        return mutation.dataFetcher("createProject", env -> post(env, "tasks", "/api/projects", input(env)))
                .dataFetcher("changeProject", env -> patch(env, "tasks", "/api/projects/"))
                .dataFetcher("deleteProject", env -> delete(env, "tasks", "/api/projects/"))
                .dataFetcher("createTask", env -> post(env, "tasks", "/api/tasks", with(env, input(env), "projectId")))
                .dataFetcher("changeTask", env -> patch(env, "tasks", "/api/tasks/"))
                .dataFetcher(
                        "completeTask", env -> ask(env, "tasks", "PUT", one(env, "/api/tasks/", "/completion"), null))
                .dataFetcher(
                        "reopenTask", env -> ask(env, "tasks", "DELETE", one(env, "/api/tasks/", "/completion"), null))
                .dataFetcher(
                        "moveTask",
                        env -> ask(
                                env,
                                "tasks",
                                "PUT",
                                one(env, "/api/tasks/", "/position"),
                                with(env, Map.of(), "sectionId", "after")))
                .dataFetcher("deleteTask", env -> delete(env, "tasks", "/api/tasks/"))
                .dataFetcher(
                        "restoreTask", env -> ask(env, "tasks", "PUT", one(env, "/api/tasks/", "/restoration"), null))
                .dataFetcher(
                        "createPost",
                        env -> post(
                                env,
                                "posts",
                                "/api/posts",
                                with(env, input(env), "projectId", "taskId", "parentId", "draft")))
                .dataFetcher("changePost", env -> patch(env, "posts", "/api/posts/"))
                .dataFetcher(
                        "publishPost", env -> ask(env, "posts", "PUT", one(env, "/api/posts/", "/publication"), null))
                .dataFetcher("deletePost", env -> delete(env, "posts", "/api/posts/"))
                .dataFetcher(
                        "restorePost", env -> ask(env, "posts", "PUT", one(env, "/api/posts/", "/restoration"), null))
                .dataFetcher("createItem", env -> post(env, "tasks", "/api/items", with(env, input(env), "projectId")))
                .dataFetcher("changeItem", env -> patch(env, "tasks", "/api/items/"))
                .dataFetcher(
                        "calculateItem", env -> ask(env, "tasks", "PUT", one(env, "/api/items/", "/calculation"), null))
                .dataFetcher("deleteItem", env -> delete(env, "tasks", "/api/items/"))
                .dataFetcher(
                        "restoreItem", env -> ask(env, "tasks", "PUT", one(env, "/api/items/", "/restoration"), null));
    }

    private static CompletableFuture<JsonNode> post(
            DataFetchingEnvironment env, String service, String path, Object body) {
        return ask(env, service, "POST", path, body);
    }

    private static CompletableFuture<JsonNode> patch(DataFetchingEnvironment env, String service, String path) {
        return ask(env, service, "PATCH", one(env, path, ""), input(env));
    }

    private static CompletableFuture<JsonNode> delete(DataFetchingEnvironment env, String service, String path) {
        return ask(env, service, "DELETE", one(env, path, ""), null)
                .thenApply(_ -> JsonNodeFactory.instance.objectNode().put("id", id(env)));
    }

    private static CompletableFuture<JsonNode> ask(
            DataFetchingEnvironment env, String service, String method, String path, @Nullable Object body) {
        return Graph.loaders(env).ask(service, method, path, body, env.getArgument("version"));
    }

    /// The input fields that were sent; REST treats absent fields and null differently.
    private static Map<String, Object> input(DataFetchingEnvironment env) {
        return Objects.requireNonNull(env.<Map<String, Object>>getArgument("input"));
    }

    private static Map<String, Object> with(
            DataFetchingEnvironment env, Map<String, Object> input, String... arguments) {
        Map<String, Object> all = new LinkedHashMap<>(input);
        for (String argument : arguments) {
            Object value = env.getArgument(argument);
            if (value != null) {
                all.put(argument, value);
            }
        }
        return all;
    }

    private static String one(DataFetchingEnvironment env, String before, String behind) {
        return before + URLEncoder.encode(id(env), StandardCharsets.UTF_8) + behind;
    }

    private static String id(DataFetchingEnvironment env) {
        return Objects.requireNonNull(env.<String>getArgument("id"));
    }
}
