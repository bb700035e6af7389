package tarn.tasks;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of items: create, read, list, change, complete a pending total, delete, restore,
/// sum.
///
/// The calculator is called before a transaction starts, so that no connection is held; without an
/// answer the item is stored with a pending total.
@Singleton
class Items {

    /// Attempts at a change that conflicts with another user's.
    private static final int ATTEMPTS = 5;

    /// An item's content with its total.
    record Priced(Item.Content content, Item.Total total) {}

    private final ItemStore store;
    private final ProjectStore projects;
    private final CalculatorClient calculator;
    private final DepartedUserStore departed;
    private final Clock clock;

    Items(
            ItemStore store,
            ProjectStore projects,
            CalculatorClient calculator,
            DepartedUserStore departed,
            Clock clock) {
        this.store = store;
        this.projects = projects;
        this.calculator = calculator;
        this.departed = departed;
        this.clock = clock;
    }

    /// Computes the total, for [#create].
    ///
    /// @throws Refusal.Invalid when the formula does not give a number
    public Priced price(Item.Content content) {
        return new Priced(content, calculator.total(content));
    }

    /// Creates an item.
    ///
    /// @param project null for an item of the caller alone
    @Transactional
    public Item create(Caller caller, Project.@Nullable Id project, Priced priced) {
        departed.requirePresent(caller.id());
        if (project != null) {
            projects.require(caller.id(), project, Project.Role.EDITOR);
        }
        Item item = Item.create(
                new Item.Id(Uuid7.next(clock)),
                project,
                priced.content(),
                priced.total(),
                caller.id(),
                clock.instant());
        store.insert(item);
        return item;
    }

    /// An item, in the trash or not.
    ///
    /// @throws Refusal.NotFound when the caller may not see it
    public Item item(Caller caller, Item.Id id) {
        return seen(caller, id).item();
    }

    /// An item that is not in the trash.
    ///
    /// @throws Refusal.NotFound when the caller may not see it, or it is in the trash
    public Item presentItem(Caller caller, Item.Id id) {
        Item item = item(caller, id);
        if (item.deletedAt() != null) {
            throw notFound();
        }
        return item;
    }

    public Page<Item> of(
            Caller caller, ItemStore.Filter filter, String sort, @Nullable String cursor, @Nullable Integer limit) {
        return store.of(caller.id(), filter, sort, cursor, limit);
    }

    /// The totals of a project's items by currency.
    public List<ItemStore.Sum> sums(Caller caller, Project.Id project) {
        projects.require(caller.id(), project, Project.Role.VIEWER);
        return store.sums(project);
    }

    /// The totals of the caller's own items by currency.
    public List<ItemStore.Sum> ownSums(Caller caller) {
        return store.ownSums(caller.id());
    }

    /// Changes an item.
    ///
    /// @param expected the version the caller has read; null for any
    public Item change(Caller caller, Item.Id id, @Nullable Long expected, UnaryOperator<Item.Content> change) {
        return rewritten(caller, id, expected, before -> {
            Item.Content content = change.apply(before.content());
            return new Priced(content, total(before, content));
        });
    }

    /// Computes a pending total; any other stays.
    public Item complete(Caller caller, Item.Id id) {
        return rewritten(caller, id, null, before -> new Priced(before.content(), total(before, before.content())));
    }

    /// Accepts a formula without value that was stored while the calculator was down, as long as
    /// the change leaves it alone.
    private Item.Total total(Item before, Item.Content content) {
        boolean same = content.addsUpLike(before.content());
        if (same && before.total().state() != Item.TotalState.PENDING) {
            return before.total();
        }
        try {
            return calculator.total(content);
        } catch (Refusal.Invalid wrong) {
            if (same) {
                return Item.Total.FAILED;
            }
            throw wrong;
        }
    }

    private Item rewritten(Caller caller, Item.Id id, @Nullable Long expected, Function<Item, Priced> next) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Item before = editable(seen(caller, id));
            if (before.deletedAt() != null) {
                throw Refusal.Conflict.inTrash("item");
            }
            before.requireVersion(expected);
            Priced priced = next.apply(before);
            Item after = before.with(priced.content(), priced.total(), caller.id(), clock.instant());
            if (after.equals(before) || replace(caller, before, after)) {
                return after;
            }
        }
        throw new Refusal.Outdated();
    }

    /// Stores the item unless it has been changed meanwhile.
    @Transactional
    boolean replace(Caller caller, Item before, Item after) {
        Optional<ItemStore.Seen> now = store.itemToChange(caller.id(), before.id());
        if (now.isEmpty() || now.get().item().version() != before.version()) {
            return false;
        }
        editable(now.get());
        store.update(after, caller.id());
        return true;
    }

    /// Moves an item to the trash; idempotent.
    @Transactional
    public void delete(Caller caller, Item.Id id, @Nullable Long expected) {
        Item item = toChange(caller, id);
        if (item.deletedAt() == null) {
            item.requireVersion(expected);
            store.markDeleted(id, caller.id(), clock.instant());
        }
    }

    /// Takes an item out of the trash.
    @Transactional
    public Item restore(Caller caller, Item.Id id) {
        departed.requirePresent(caller.id());
        Item item = toChange(caller, id);
        if (item.deletedAt() == null) {
            return item;
        }
        store.markDeleted(id, caller.id(), null);
        return seen(caller, id).item();
    }

    private Item toChange(Caller caller, Item.Id id) {
        return editable(store.itemToChange(caller.id(), id).orElseThrow(Items::notFound));
    }

    private ItemStore.Seen seen(Caller caller, Item.Id id) {
        return store.item(caller.id(), id).orElseThrow(Items::notFound);
    }

    private static Item editable(ItemStore.Seen seen) {
        Project.require(seen.role(), Project.Role.EDITOR);
        return seen.item();
    }

    private static Refusal notFound() {
        return new Refusal.NotFound("item");
    }
}
