package tarn.tasks;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A line item with a quantity, a unit price and a formula for its total, of a project or of its
/// creator alone; immutable.
///
/// @param project null for an item that only its creator sees
/// @param updatedBy null when last changed before this was recorded
/// @param deletedAt when it was moved to the trash; null otherwise
record Item(
        Id id,
        Project.@Nullable Id project,
        Content content,
        Total total,
        UUID createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable UUID updatedBy,
        @Nullable Instant deletedAt,
        long version)
        implements Versioned {

    /// Default formula.
    static final String USUAL_FORMULA = "quantity * unitPrice";

    /// Identifies an item.
    public record Id(UUID value) {}

    /// What editors may change.
    ///
    /// @param description Markdown
    /// @param unit of the quantity, as in `h` or `kg`; may be empty
    /// @param currency of unit price and total; null when they are not money
    /// @param formula an expression over `quantity` and `unitPrice`
    record Content(
            String name,
            String description,
            BigDecimal quantity,
            String unit,
            BigDecimal unitPrice,
            @Nullable Currency currency,
            String formula) {

        /// Whether it has the same total.
        boolean addsUpLike(Content other) {
            return formula.equals(other.formula)
                    && quantity.compareTo(other.quantity) == 0
                    && unitPrice.compareTo(other.unitPrice) == 0;
        }
    }

    /// The state of a total.
    enum TotalState {
        /// The calculator was not asked yet or did not respond.
        PENDING,
        /// The calculator has computed it.
        DONE,
        /// The formula has no value.
        FAILED
    }

    /// The value of the formula.
    ///
    /// @param value null unless known
    /// @param exact whether not rounded
    record Total(TotalState state, @Nullable BigDecimal value, boolean exact) {

        static final Total PENDING = new Total(TotalState.PENDING, null, true);
        static final Total FAILED = new Total(TotalState.FAILED, null, true);

        Total {
            if ((state == TotalState.DONE) != (value != null)) {
                throw new IllegalArgumentException("A total has a value exactly when it is done");
            }
        }

        static Total of(BigDecimal value, boolean exact) {
            return new Total(TotalState.DONE, value, exact);
        }
    }

    /// A new item.
    static Item create(Id id, Project.@Nullable Id project, Content content, Total total, UUID creator, Instant now) {
        return new Item(id, project, content, total, creator, now, now, creator, null, 1);
    }

    /// The item with other content and total and the next version; unchanged when equal. A new
    /// total alone is no change by a user.
    Item with(Content other, Total sum, UUID user, Instant now) {
        if (other.equals(content) && sum.equals(total)) {
            return this;
        }
        UUID changer = other.equals(content) ? updatedBy : user;
        return new Item(id, project, other, sum, createdBy, createdAt, now, changer, deletedAt, version + 1);
    }
}
