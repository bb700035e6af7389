package tarn.gateway.graph;

import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.normalized.ExecutableNormalizedOperationFactory;
import graphql.parser.ParserOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much one query may ask for. Everything is known before anything is read.
final class Limits {

    /// The characters of a query.
    static final int CHARACTERS = 20_000;

    /// The words and signs of a query.
    static final int TOKENS = 2_000;

    /// How deep fields may nest; the query of explorers for the schema is 13 deep.
    static final int DEPTH = 15;

    /// How many fields may be given another name: with it the same is asked for again and again.
    static final int ALIASES = 30;

    /// How many fields there may be when all fragments are written out.
    static final int FIELDS = 2_000;

    /// How many things a query may come to, each list taken to be full.
    static final int COST = 2_000;

    /// How many changes one query may make.
    static final int CHANGES = 10;

    /// How full a list is taken to be that does not say how much it gives.
    private static final int USUAL_LIST = 10;

    private static final List<String> LISTS = List.of("members", "sections", "labels", "sums", "assignees", "mentions");

    private static final ExecutableNormalizedOperationFactory.Options WRITTEN_OUT =
            ExecutableNormalizedOperationFactory.Options.defaultOptions()
                    .maxChildrenDepth(DEPTH)
                    .maxFieldsCount(FIELDS);

    private static final String TOO_LARGE = "query-too-large";

    private Limits() {}

    /// What the parser goes through at most.
    static ParserOptions parser() {
        return ParserOptions.newParserOptions()
                .maxCharacters(CHARACTERS)
                .maxTokens(TOKENS)
                .maxWhitespaceTokens(CHARACTERS)
                .captureIgnoredChars(false)
                .captureLineComments(false)
                .build();
    }

    /// What can be refused before the query is held against the schema. The size of fragments is known first: with
    /// 22 that spread the next one twice, 800 characters come to four million fields.
    static List<GraphQLError> tooMuch(Document query) {
        int selections = FragmentSizes.writtenOut(query, FIELDS);
        if (selections == FragmentSizes.ENDLESS) {
            return List.of(error("query-invalid", "A fragment must not contain itself."));
        }
        if (selections > FIELDS) {
            return List.of(tooManyFields());
        }
        int aliases = 0;
        Deque<Node<?>> left = new ArrayDeque<>();
        left.push(query);
        while (!left.isEmpty()) {
            Node<?> node = left.pop();
            if (node instanceof Field field && field.getAlias() != null) {
                aliases++;
            }
            for (Node<?> child : node.getChildren()) {
                left.push(child);
            }
        }
        return aliases > ALIASES
                ? List.of(error(TOO_LARGE, "At most " + ALIASES + " fields may be given another name."))
                : List.of();
    }

    /// Said of what the parser gave up.
    static GraphQLError tooLong() {
        return error(TOO_LARGE, "At most " + CHARACTERS + " characters and " + TOKENS + " words and signs are read.");
    }

    /// Refuses what is too deep or comes to too much.
    static void check(ExecutionContext query) {
        ExecutableNormalizedOperation operation;
        try {
            operation = ExecutableNormalizedOperationFactory.createExecutableNormalizedOperation(
                    query.getGraphQLSchema(),
                    query.getOperationDefinition(),
                    query.getFragmentsByName(),
                    query.getCoercedVariables(),
                    WRITTEN_OUT);
        } catch (AbortExecutionException tooMuch) {
            throw new AbortExecutionException(List.of(tooManyFields()));
        }
        if (operation.getOperation() == OperationDefinition.Operation.MUTATION
                && operation.getTopLevelFields().size() > CHANGES) {
            throw refusal("At most " + CHANGES + " changes are made at once.");
        }
        long cost =
                operation.getTopLevelFields().stream().mapToLong(Limits::cost).sum();
        if (cost > COST) {
            throw refusal("It may come to " + cost + " things; at most " + COST + " are given. Ask for fewer first.");
        }
    }

    private static long cost(ExecutableNormalizedField field) {
        if (field.getChildren().isEmpty()) {
            return 0;
        }
        long below = 0;
        for (ExecutableNormalizedField child : field.getChildren()) {
            below += cost(child);
        }
        return 1 + many(field) * Math.max(1, below);
    }

    private static long many(ExecutableNormalizedField field) {
        Map<String, Object> arguments = field.getResolvedArguments();
        if (arguments.get("first") instanceof Integer first) {
            if (first < 1 || first > Connection.MAX_NODES) {
                throw new AbortExecutionException(
                        List.of(error("invalid", "first must be from 1 to " + Connection.MAX_NODES + ".")));
            }
            return Connection.limit(place(arguments.get("after")), first);
        }
        return LISTS.contains(field.getName()) ? USUAL_LIST : 1;
    }

    /// What the list leaves out is read too.
    private static Connection.CursorPosition place(@Nullable Object cursor) {
        try {
            return Connection.CursorPosition.of((String) cursor);
        } catch (Refused foreign) {
            throw new AbortExecutionException(List.of(error("invalid", String.valueOf(foreign.getMessage()))));
        }
    }

    private static GraphQLError tooManyFields() {
        return error(TOO_LARGE, "It nests deeper than " + DEPTH + " fields, or has more than " + FIELDS + " in all.");
    }

    private static AbortExecutionException refusal(String detail) {
        return new AbortExecutionException(List.of(error(TOO_LARGE, detail)));
    }

    private static GraphQLError error(String code, String detail) {
        return GraphqlErrorBuilder.newError()
                .errorType(ErrorType.ExecutionAborted)
                .message(detail)
                .extensions(Map.of("code", code, "status", 400))
                .build();
    }
}
