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

/// Static limits of a query, checked before execution: 20,000 characters, 2,000 tokens, depth 15,
/// 30 aliases, 2,000 fields, a cost of 2,000 objects, 10 mutations.
final class QueryLimits {

    /// Characters of a query.
    static final int CHARACTERS = 20_000;

    /// Tokens of a query.
    static final int TOKENS = 2_000;

    /// Nesting of fields; the introspection query of explorers needs 13.
    static final int DEPTH = 15;

    /// Aliases, with which a field can be read repeatedly.
    static final int ALIASES = 30;

    /// Fields with all fragments expanded.
    static final int FIELDS = 2_000;

    /// Objects a query may return if every list is full.
    static final int COST = 2_000;

    /// Mutations in a query.
    static final int CHANGES = 10;

    /// Assumed length of a list without an explicit limit.
    private static final int USUAL_LIST = 10;

    private static final List<String> LISTS = List.of("members", "sections", "labels", "sums", "assignees", "mentions");

    private static final ExecutableNormalizedOperationFactory.Options WRITTEN_OUT =
            ExecutableNormalizedOperationFactory.Options.defaultOptions()
                    .maxChildrenDepth(DEPTH)
                    .maxFieldsCount(FIELDS);

    private static final String TOO_LARGE = "query-too-large";

    private QueryLimits() {}

    /// The parser's limits.
    static ParserOptions parser() {
        return ParserOptions.newParserOptions()
                .maxCharacters(CHARACTERS)
                .maxTokens(TOKENS)
                .maxWhitespaceTokens(CHARACTERS)
                .captureIgnoredChars(false)
                .captureLineComments(false)
                .build();
    }

    /// Refuses a query before it is validated against the schema. Fragment sizes come first: 22
    /// fragments that spread the next one twice expand 800 characters to four million fields.
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

    /// The error for a query that exceeds the parser's limits.
    static GraphQLError tooLong() {
        return error(TOO_LARGE, "At most " + CHARACTERS + " characters and " + TOKENS + " words and signs are read.");
    }

    /// Refuses a query that is too deep or costs too much.
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
        long cost = operation.getTopLevelFields().stream()
                .mapToLong(QueryLimits::cost)
                .sum();
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
            return first;
        }
        return LISTS.contains(field.getName()) ? USUAL_LIST : 1;
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
