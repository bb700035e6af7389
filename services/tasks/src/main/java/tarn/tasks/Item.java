package tarn.tasks;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that is counted and priced: in a project, or of one user alone.
///
/// Immutable: a change is a new item.
///
/// @param project null for an item that only its creator sees
/// @param updatedBy who changed it last; null when that was before this was kept
/// @param deletedAt when it went to the trash; null when it is not there
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

    /// What an item costs when nothing else is said.
    static final String USUAL_FORMULA = "quantity * unitPrice";

    /// Names one item.
    public record Id(UUID value) {}

    /// What editors may write.
    ///
    /// @param description Markdown
    /// @param unit what the quantity counts, as in `h` or `kg`; may be empty
    /// @param currency of the unit price and the total; null when they are no money
    /// @param formula an expression over `quantity` and `unitPrice`
    record Content(
            String name,
            String description,
            BigDecimal quantity,
            String unit,
            BigDecimal unitPrice,
            @Nullable Currency currency,
            String formula) {

        /// Whether it comes to the same total.
        boolean addsUpLike(Content other) {
            return formula.equals(other.formula)
                    && quantity.compareTo(other.quantity) == 0
                    && unitPrice.compareTo(other.unitPrice) == 0;
        }
    }

    /// How far the calculator is with a total.
    enum TotalState {
        /// It has not been asked yet, or did not answer.
        PENDING,
        /// It has said what the formula comes to.
        DONE,
        /// It has said that the formula comes to nothing.
        FAILED
    }

    /// What the formula comes to.
    ///
    /// @param value null exactly when it is not known
    /// @param exact whether the value is the very one, not a rounded one
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

    /// The item with other content and its total, one version on; itself when nothing differs. A total that
    /// has come is no change of a user's.
    Item with(Content other, Total sum, UUID user, Instant now) {
        if (other.equals(content) && sum.equals(total)) {
            return this;
        }
        UUID changer = other.equals(content) ? updatedBy : user;
        return new Item(id, project, other, sum, createdBy, createdAt, now, changer, deletedAt, version + 1);
    }
}
