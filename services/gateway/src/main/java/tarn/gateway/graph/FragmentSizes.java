package tarn.gateway.graph;

import graphql.language.Definition;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SelectionSetContainer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the selections and directives of a query with all fragments expanded, in time linear in
/// its length.
final class FragmentSizes {

    /// The result for a fragment that contains itself.
    static final int ENDLESS = -1;

    private final Map<String, FragmentDefinition> fragments = new HashMap<>();

    /// Known counts; [#ENDLESS] while a fragment is being counted.
    private final Map<String, Integer> sizes = new HashMap<>();

    private final int limit;
    private boolean endless;

    private FragmentSizes(Document query, int limit) {
        this.limit = limit;
        for (FragmentDefinition fragment : query.getDefinitionsOfType(FragmentDefinition.class)) {
            fragments.putIfAbsent(fragment.getName(), fragment);
        }
    }

    /// The count over all operations and fragments, used or not: at most one more than the limit,
    /// or [#ENDLESS].
    static int writtenOut(Document query, int limit) {
        FragmentSizes sizes = new FragmentSizes(query, limit);
        int total = 0;
        for (Definition<?> definition : query.getDefinitions()) {
            int size = switch (definition) {
                case OperationDefinition operation -> sizes.of(operation.getSelectionSet());
                case FragmentDefinition fragment -> sizes.of(fragment.getName());
                default -> 0;
            };
            total = definition instanceof OperationDefinition ? sizes.capped(total + size) : Math.max(total, size);
        }
        return sizes.endless ? ENDLESS : total;
    }

    private int of(@Nullable SelectionSet set) {
        int size = 0;
        if (set != null) {
            for (Selection<?> selection : set.getSelections()) {
                size = capped(size + 1 + directives(selection) + below(selection));
            }
        }
        return size;
    }

    private int below(Selection<?> selection) {
        return switch (selection) {
            case FragmentSpread spread -> of(spread.getName());
            case SelectionSetContainer<?> container -> of(container.getSelectionSet());
            default -> 0;
        };
    }

    private int of(String fragment) {
        Integer known = sizes.get(fragment);
        if (known != null) {
            endless |= known == ENDLESS;
            return Math.max(known, 0);
        }
        FragmentDefinition definition = fragments.get(fragment);
        if (definition == null) {
            return 0;
        }
        sizes.put(fragment, ENDLESS);
        int size = of(definition.getSelectionSet());
        sizes.put(fragment, size);
        return size;
    }

    private static int directives(Selection<?> selection) {
        return selection instanceof DirectivesContainer<?> container
                ? container.getDirectives().size()
                : 0;
    }

    private int capped(int size) {
        return Math.min(size, limit + 1);
    }
}
