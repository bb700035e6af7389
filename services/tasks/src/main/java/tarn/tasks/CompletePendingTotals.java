package tarn.tasks;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import tarn.platform.job.JobResult;
import tarn.platform.problem.Refusal;

/// Job that computes the totals of items that were stored while the calculator was away, each in a
/// transaction of its own, 200 in a slice.
@Singleton
final class CompletePendingTotals {

    /// Items per slice: each is a call.
    static final int SLICE = 200;

    private final ItemStore store;
    private final CalculatorClient calculator;
    private final Clock clock;

    CompletePendingTotals(ItemStore store, CalculatorClient calculator, Clock clock) {
        this.store = store;
        this.calculator = calculator;
        this.clock = clock;
    }

    /// Completes a slice; ends early while the calculator is away.
    ///
    /// @param fence called in each transaction
    JobResult complete(Runnable fence) {
        List<Item> pending = store.pending(SLICE);
        int completed = 0;
        for (Item item : pending) {
            Item.Total total = total(item);
            if (total.state() == Item.TotalState.PENDING) {
                return JobResult.of("totals", completed, false);
            }
            Item priced = item.with(item.content(), total, item.createdBy(), clock.instant());
            boolean stored = QuarkusTransaction.requiringNew().call(() -> {
                fence.run();
                return store.storeTotal(priced);
            });
            completed += stored ? 1 : 0;
        }
        return JobResult.of("totals", completed, pending.size() == SLICE && completed > 0);
    }

    private Item.Total total(Item item) {
        try {
            return calculator.totalInBackground(item.content());
        } catch (Refusal.Invalid wrong) {
            return Item.Total.FAILED;
        }
    }
}
