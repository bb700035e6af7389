package tarn.tasks;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happened to an item. Holds its numbers after it but none of its free text.
sealed interface ItemEvent {

    /// The name under which followers know it.
    String type();

    /// What followers may know of an item.
    record State(
            @Nullable UUID project,
            String quantity,
            String unitPrice,
            @Nullable String currency,
            Item.TotalState totalState,
            @Nullable String total,
            Instant createdAt,
            long version) {

        static State of(Item item) {
            Currency currency = item.content().currency();
            BigDecimal total = item.total().value();
            return new State(
                    item.project() == null ? null : item.project().value(),
                    item.content().quantity().toPlainString(),
                    item.content().unitPrice().toPlainString(),
                    currency == null ? null : currency.getCurrencyCode(),
                    item.total().state(),
                    total == null ? null : total.toPlainString(),
                    item.createdAt(),
                    item.version());
        }
    }

    record Added(State item) implements ItemEvent {
        @Override
        public String type() {
            return "item.added";
        }
    }

    record Changed(State item) implements ItemEvent {
        @Override
        public String type() {
            return "item.changed";
        }
    }

    record Removed(@Nullable UUID project) implements ItemEvent {
        @Override
        public String type() {
            return "item.removed";
        }
    }

    record Restored(State item) implements ItemEvent {
        @Override
        public String type() {
            return "item.restored";
        }
    }
}
