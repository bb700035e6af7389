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

/// What users do with items.
///
/// The calculator is asked before a transaction begins: no connection waits for it, and when it is away an
/// item is written all the same, its total pending.
@Singleton
class Items {

    /// How often a change is tried again that another user was quicker with.
    private static final int ATTEMPTS = 5;

    /// An item's content with what it comes to.
    record Priced(Item.Content content, Item.Total total) {}

    private final ItemStore store;
    private final ProjectStore projects;
    private final Calculator calculator;
    private final DepartedUserStore departed;
    private final Clock clock;

    Items(ItemStore store, ProjectStore projects, Calculator calculator, DepartedUserStore departed, Clock clock) {
        this.store = store;
        this.projects = projects;
        this.calculator = calculator;
        this.departed = departed;
        this.clock = clock;
    }

    /// What it comes to, for [#add].
    ///
    /// @throws Refusal.Invalid when the formula comes to no number
    public Priced price(Item.Content content) {
        return new Priced(content, calculator.total(content));
    }

    /// Adds an item.
    ///
    /// @param project null for an item of the caller's alone
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

    /// An item, also one in the trash.
    ///
    /// @throws Refusal.NotFound when it is none that the caller may see
    public Item item(Caller caller, Item.Id id) {
        return seen(caller, id).item();
    }

    /// @throws Refusal.NotFound when it is none that the caller may see, or in the trash
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

    /// What the items of a project come to, by currency.
    public List<ItemStore.Sum> sums(Caller caller, Project.Id project) {
        projects.require(caller.id(), project, Project.Role.VIEWER);
        return store.sums(project);
    }

    /// What the caller's own items come to, by currency.
    public List<ItemStore.Sum> ownSums(Caller caller) {
        return store.ownSums(caller.id());
    }

    /// Changes what an editor may change.
    ///
    /// @param expected the version the caller has read; null for any
    public Item change(Caller caller, Item.Id id, @Nullable Long expected, UnaryOperator<Item.Content> change) {
        return rewritten(caller, id, expected, before -> {
            Item.Content content = change.apply(before.content());
            return new Priced(content, total(before, content));
        });
    }

    /// Asks the calculator for a total that is pending; any other stays.
    public Item complete(Caller caller, Item.Id id) {
        return rewritten(caller, id, null, before -> new Priced(before.content(), total(before, before.content())));
    }

    /// A formula that was taken on trust, because the calculator was away, and comes to nothing is no reason
    /// to refuse what leaves it alone.
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

    /// Writes the item when nobody else has written it meanwhile.
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

    /// Puts it in the trash. Deleting a deleted item changes nothing.
    @Transactional
    public void delete(Caller caller, Item.Id id, @Nullable Long expected) {
        Item item = toChange(caller, id);
        if (item.deletedAt() == null) {
            item.requireVersion(expected);
            store.markDeleted(id, caller.id(), clock.instant());
        }
    }

    /// Takes it out of the trash.
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
