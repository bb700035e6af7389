package tarn.testing.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import tarn.platform.bus.CacheInvalidation;
import tarn.platform.bus.InvalidationBus;
import tarn.testing.DatabaseResource;

@QuarkusTest
@WithTestResource(value = DatabaseResource.class, initArgs = @ResourceArg(name = "services", value = "sample"))
final class InvalidationBusTest {

    @Inject
    InvalidationBus bus;

    @Inject
    RecordedInvalidations heard;

    @Test
    void followersHearOfAChangeWhenItIsCommitted() {
        CacheInvalidation invalidation = new CacheInvalidation("note", "committed");

        List<CacheInvalidation> within = QuarkusTransaction.requiringNew().call(() -> {
            bus.publish(invalidation);
            return heard.all();
        });

        assertThat(within).doesNotContain(invalidation);
        assertThat(heard.all()).containsOnlyOnce(invalidation);
    }

    @Test
    void nobodyHearsOfWhatDidNotHappen() {
        CacheInvalidation invalidation = new CacheInvalidation("note", "rolled back");

        QuarkusTransaction.begin();
        bus.publish(invalidation);
        QuarkusTransaction.rollback();

        assertThat(heard.all()).doesNotContain(invalidation);
    }

    @Test
    void withoutATransactionItIsHeardAtOnce() {
        CacheInvalidation invalidation = new CacheInvalidation("note", "at once");

        bus.publish(invalidation);

        assertThat(heard.all()).containsOnlyOnce(invalidation);
    }
}
