package tarn.gateway.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.schema.DataFetcherFactories;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.EnumValuesProvider;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeRuntimeWiring;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.dataloader.DataLoader;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tarn.gateway.graph.Loaders.Read;
import tarn.platform.problem.Refusal;

/// Defines the data fetcher of each field in `contracts/graphql/schema.graphqls` and executes
/// queries.
///
/// Objects are the JSON of REST; a field not listed here is read by its name.
@Singleton
final class Graph {

    private static final Logger LOG = Logger.getLogger(Graph.class);
    private static final String SCHEMA = "META-INF/contract/schema.graphqls";
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final ParserOptions PARSER = QueryLimits.parser();

    /// Bytes of the cache of parsed queries.
    private static final int MAX_REMEMBERED_BYTES = 16 * 1024 * 1024;

    /// Maximum bytes of a parsed query per character.
    private static final int BYTES_PER_CHARACTER = 150;

    /// Maps enum values: `HALF_UP` in the schema is `half-up` in REST.
    private static final EnumValuesProvider AS_IN_REST =
            name -> name.toLowerCase(Locale.ROOT).replace('_', '-');

    private final ObjectMapper mapper;
    private final Cache<String, PreparsedDocumentEntry> queries = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED_BYTES)
            .weigher((String query, PreparsedDocumentEntry _) -> query.length() * BYTES_PER_CHARACTER)
            .build();
    private final GraphQL engine;

    Graph(ObjectMapper mapper) {
        this.mapper = mapper;
        this.engine = GraphQL.newGraphQL(schema())
                .instrumentation(new Limited())
                .defaultDataFetcherExceptionHandler(new Exceptions())
                .preparsedDocumentProvider((input, parse) -> CompletableFuture.completedFuture(prepared(input, parse)))
                .build();
    }

    /// Executes a query.
    ExecutionResult answer(String query, @Nullable String operation, Map<String, Object> variables, Loaders loaders) {
        ExecutionInput input = ExecutionInput.newExecutionInput(query)
                .operationName(operation)
                .variables(variables)
                .dataLoaderRegistry(loaders.registry())
                .graphQLContext(Map.of(ParserOptions.class, PARSER, Loaders.class, loaders))
                .build();
        try {
            return engine.executeAsync(input).get();
        } catch (ExecutionException failure) {
            throw new CompletionException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while a query was answered", stopped);
        }
    }

    /// The enums of the schema, whose values are those of REST in upper case.
    private static final List<String> ENUMS =
            List.of("Role", "TaskStatus", "TaskPriority", "PostState", "TotalState", "ResultType", "Rounding");

    private static GraphQLSchema schema() {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(Scalars.DATE_TIME)
                .scalar(Scalars.DATE_OR_TIME)
                .scalar(Scalars.DECIMAL)
                .codeRegistry(GraphQLCodeRegistry.newCodeRegistry()
                        .defaultDataFetcher(DataFetcherFactories.useDataFetcher(Graph::field))
                        .build())
                .type(type("Query")
                        .dataFetcher("me", env -> loaders(env).ask("identity", "GET", "/api/users/me", null, null))
                        .dataFetcher("project", env -> task(env, "project", id(env)))
                        .dataFetcher("projects", env -> list(env, Graph::tasks, "projects", NOBODY))
                        .dataFetcher("task", env -> task(env, "task", id(env)))
                        .dataFetcher("post", env -> post(env, "post", id(env)))
                        .dataFetcher("item", env -> task(env, "item", id(env)))
                        .dataFetcher("calculate", Graph::calculation))
                .type(type("Project")
                        .dataFetcher("updatedBy", env -> user(env, "updatedBy"))
                        .dataFetcher("members", env -> all(env, "members"))
                        .dataFetcher("sections", env -> all(env, "sections"))
                        .dataFetcher("labels", env -> all(env, "labels"))
                        .dataFetcher("sums", env -> all(env, "sums"))
                        .dataFetcher("tasks", env -> list(env, Graph::tasks, "tasks", own(env)))
                        .dataFetcher("items", env -> list(env, Graph::tasks, "items", own(env)))
                        .dataFetcher("posts", env -> list(env, Graph::posts, "of-project", own(env))))
                // One who can ask for oneself has an open account.
                .type(type("User")
                        .dataFetcher("closed", env -> source(env).path("closed").asBoolean()))
                .type(type("Member").dataFetcher("user", env -> user(env, "userId")))
                .type(type("Section").dataFetcher("updatedBy", env -> user(env, "updatedBy")))
                .type(type("Label").dataFetcher("updatedBy", env -> user(env, "updatedBy")))
                .type(type("Task")
                        .dataFetcher("project", env -> gone(task(env, "project", text(env, "projectId"))))
                        .dataFetcher("parent", env -> gone(task(env, "task", text(env, "parentId"))))
                        .dataFetcher("assignees", env -> loaders(env).users().loadMany(texts(env, "assignees")))
                        .dataFetcher("labelIds", env -> texts(env, "labels"))
                        .dataFetcher("createdBy", env -> user(env, "createdBy"))
                        .dataFetcher("updatedBy", env -> user(env, "updatedBy"))
                        .dataFetcher("subtasks", env -> list(env, Graph::tasks, "subtasks", own(env)))
                        .dataFetcher("comments", env -> list(env, Graph::posts, "of-task", own(env))))
                .type(type("Post")
                        .dataFetcher("project", env -> gone(task(env, "project", text(env, "projectId"))))
                        .dataFetcher("task", env -> gone(task(env, "task", text(env, "taskId"))))
                        .dataFetcher("parent", env -> gone(post(env, "post", text(env, "parentId"))))
                        .dataFetcher("author", env -> user(env, "authorId"))
                        .dataFetcher("mentions", Graph::mentions)
                        .dataFetcher(
                                "replyCount", env -> source(env).path("replies").asInt())
                        .dataFetcher("replies", env -> list(env, Graph::posts, "replies", own(env))))
                .type(type("Item")
                        .dataFetcher("project", env -> gone(task(env, "project", text(env, "projectId"))))
                        .dataFetcher("createdBy", env -> user(env, "createdBy"))
                        .dataFetcher("updatedBy", env -> user(env, "updatedBy")))
                .type(Mutations.wired(type("Mutation")));
        ENUMS.forEach(name -> wiring.type(type(name).enumValues(AS_IN_REST)));
        return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(contract()), wiring.build());
    }

    /// Placeholder for the calling user, in lists that belong to the user.
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static TypeRuntimeWiring.Builder type(String name) {
        return TypeRuntimeWiring.newTypeWiring(name);
    }

    private static String contract() {
        try (InputStream schema = Thread.currentThread().getContextClassLoader().getResourceAsStream(SCHEMA)) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Loaders loaders(DataFetchingEnvironment env) {
        return Objects.requireNonNull(env.getGraphQlContext().get(Loaders.class));
    }

    private static JsonNode source(DataFetchingEnvironment env) {
        return Objects.requireNonNull(env.<JsonNode>getSource());
    }

    private static String own(DataFetchingEnvironment env) {
        return source(env).path("id").asText();
    }

    private static String id(DataFetchingEnvironment env) {
        return Objects.requireNonNull(env.<String>getArgument("id"));
    }

    private static @Nullable String text(DataFetchingEnvironment env, String field) {
        return source(env).path(field).textValue();
    }

    private static List<String> texts(DataFetchingEnvironment env, String field) {
        List<String> texts = new ArrayList<>();
        source(env).path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static CompletableFuture<JsonNode> tasks(Loaders loaders, Read read) {
        return loaders.tasks().load(read);
    }

    private static CompletableFuture<JsonNode> posts(Loaders loaders, Read read) {
        return loaders.posts().load(read);
    }

    private static CompletableFuture<@Nullable JsonNode> task(
            DataFetchingEnvironment env, String kind, @Nullable String id) {
        return id == null ? nothing() : one(loaders(env).tasks(), kind, id);
    }

    private static CompletableFuture<@Nullable JsonNode> post(
            DataFetchingEnvironment env, String kind, @Nullable String id) {
        return id == null ? nothing() : one(loaders(env).posts(), kind, id);
    }

    /// Loads one object; a malformed id finds nothing.
    private static CompletableFuture<JsonNode> one(DataLoader<Read, JsonNode> loader, String kind, String id) {
        return ID.matcher(id).matches()
                ? loader.load(Read.one(kind, id))
                : CompletableFuture.failedFuture(ServiceProblemException.of(new Refusal.NotFound(kind)));
    }

    private static CompletableFuture<@Nullable JsonNode> user(DataFetchingEnvironment env, String field) {
        String id = text(env, field);
        return id == null ? nothing() : loaders(env).users().load(id);
    }

    private static CompletableFuture<@Nullable JsonNode> nothing() {
        return CompletableFuture.completedFuture(null);
    }

    /// Null for a reference whose target is deleted or not visible.
    private static CompletableFuture<@Nullable JsonNode> gone(CompletableFuture<@Nullable JsonNode> thing) {
        return thing.exceptionallyCompose(
                failure -> cause(failure) instanceof ServiceProblemException refused && refused.status() == 404
                        ? nothing()
                        : CompletableFuture.failedFuture(failure));
    }

    private static CompletableFuture<JsonNode> all(DataFetchingEnvironment env, String kind) {
        return loaders(env).tasks().load(Read.one(kind, own(env))).thenApply(page -> page.path("items"));
    }

    /// Reads a list.
    @FunctionalInterface
    private interface Reader {
        CompletableFuture<JsonNode> read(Loaders loaders, Read read);
    }

    private static CompletableFuture<Map<String, Object>> list(
            DataFetchingEnvironment env, Reader reader, String kind, String id) {
        for (String argument : List.of("text", "sort", "after", "timeZone")) {
            requireStorable(env.getArgument(argument));
        }
        @Nullable String after = env.getArgument("after");
        int first = Objects.requireNonNull(env.<Integer>getArgument("first"));
        Read read = new Read(
                kind,
                id,
                env.getArgument("text"),
                env.getArgument("status"),
                env.getArgument("sort"),
                env.getArgument("timeZone"),
                after,
                first);
        return reader.read(loaders(env), read)
                .thenApply(page -> connection(after, page).fields());
    }

    private static Connection<JsonNode> connection(@Nullable String after, JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.path("items").forEach(items::add);
        List<String> cursors = new ArrayList<>();
        page.path("cursors").forEach(cursor -> cursors.add(cursor.asText()));
        return Connection.of(after, items, cursors, page.path("nextCursor").textValue());
    }

    /// Refuses NUL and lone surrogates, which no service can store.
    private static void requireStorable(@Nullable String text) {
        if (text != null && text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw ServiceProblemException.of(new Refusal.Malformed("invalid", "This text cannot be searched for."));
        }
    }

    private static CompletableFuture<JsonNode> calculation(DataFetchingEnvironment env) {
        Map<String, Object> draft = new LinkedHashMap<>();
        draft.put("expression", env.getArgument("expression"));
        List<Map<String, Object>> variables = env.getArgument("variables");
        if (variables != null) {
            Map<String, Object> values = new LinkedHashMap<>();
            variables.forEach(one -> values.put((String) one.get("name"), one.get("value")));
            draft.put("variables", values);
        }
        for (String option : List.of("scale", "rounding")) {
            Object value = env.getArgument(option);
            if (value != null) {
                draft.put(option, value);
            }
        }
        return loaders(env).calculations().load(draft);
    }

    private static List<JsonNode> mentions(DataFetchingEnvironment env) {
        List<JsonNode> users = new ArrayList<>();
        source(env)
                .path("mentions")
                .forEach(mention -> users.add(JsonNodeFactory.instance
                        .objectNode()
                        .put("id", mention.path("userId").asText())
                        .put("name", mention.path("name").asText())));
        return users;
    }

    /// A field of REST's JSON, or of a connection.
    private static @Nullable Object field(DataFetchingEnvironment env) {
        String name = env.getField().getName();
        return switch (env.<Object>getSource()) {
            case JsonNode node -> value(node.path(name));
            case Map<?, ?> fields -> fields.get(name);
            case Connection.Edge<?> edge -> name.equals("cursor") ? edge.cursor() : edge.node();
            case Connection.PageInfo page ->
                switch (name) {
                    case "hasNextPage" -> page.hasNextPage();
                    case "hasPreviousPage" -> page.hasPreviousPage();
                    case "startCursor" -> page.startCursor();
                    default -> page.endCursor();
                };
            case null, default -> null;
        };
    }

    private static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING, NULL -> null;
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.numberValue();
            case ARRAY -> {
                List<@Nullable Object> values = new ArrayList<>();
                node.forEach(one -> values.add(value(one)));
                yield values;
            }
            default -> node;
        };
    }

    private PreparsedDocumentEntry prepared(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parse) {
        PreparsedDocumentEntry known = queries.getIfPresent(input.getQuery());
        if (known != null) {
            return known;
        }
        PreparsedDocumentEntry entry = parsed(input, parse);
        if (!entry.hasErrors()) {
            queries.put(input.getQuery(), entry);
        }
        return entry;
    }

    private static PreparsedDocumentEntry parsed(
            ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> parse) {
        if (input.getQuery().length() > QueryLimits.CHARACTERS) {
            return new PreparsedDocumentEntry(QueryLimits.tooLong());
        }
        try {
            List<GraphQLError> tooMuch = QueryLimits.tooMuch(Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(input.getQuery())
                    .parserOptions(PARSER)
                    .build()));
            return tooMuch.isEmpty() ? parse.apply(input) : new PreparsedDocumentEntry(tooMuch);
        } catch (ParseCancelledException tooLong) {
            return new PreparsedDocumentEntry(QueryLimits.tooLong());
        } catch (InvalidSyntaxException unreadable) {
            return new PreparsedDocumentEntry(unreadable.toInvalidSyntaxError());
        }
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /// Checks every query against the limits before execution.
    private static final class Limited extends SimplePerformantInstrumentation {

        @Override
        public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
                InstrumentationExecuteOperationParameters parameters, @Nullable InstrumentationState state) {
            QueryLimits.check(parameters.getExecutionContext());
            return super.beginExecuteOperation(parameters, state);
        }
    }

    /// Turns exceptions into errors with REST's code; bugs show no details.
    private final class Exceptions implements DataFetcherExceptionHandler {

        @Override
        public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
                DataFetcherExceptionHandlerParameters failed) {
            Throwable failure = cause(failed.getException());
            GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError()
                    .errorType(ErrorType.DataFetchingException)
                    .path(failed.getPath())
                    .location(failed.getSourceLocation());
            if (failure instanceof ServiceProblemException refused) {
                error.message("%s", refused.getMessage()).extensions(refused.extensions(mapper));
            } else {
                LOG.errorf(failure, "The field %s of the graph failed", failed.getPath());
                error.message("Something went wrong on our side. It has been logged.")
                        .extensions(Map.of("code", "internal", "status", 500));
            }
            return CompletableFuture.completedFuture(DataFetcherExceptionHandlerResult.newResult()
                    .error(error.build())
                    .build());
        }
    }
}
