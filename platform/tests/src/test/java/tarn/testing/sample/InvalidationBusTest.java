package tarn.testing.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import tarn.platform.bus.Invalidation;
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
        Invalidation invalidation = new Invalidation("note", "committed");

        List<Invalidation> within = QuarkusTransaction.requiringNew().call(() -> {
            bus.publish(invalidation);
            return heard.all();
        });

        assertThat(within).doesNotContain(invalidation);
        assertThat(heard.all()).containsOnlyOnce(invalidation);
    }

    @Test
    void nobodyHearsOfWhatDidNotHappen() {
        Invalidation invalidation = new Invalidation("note", "rolled back");

        QuarkusTransaction.begin();
        bus.publish(invalidation);
        QuarkusTransaction.rollback();

        assertThat(heard.all()).doesNotContain(invalidation);
    }

    @Test
    void withoutATransactionItIsHeardAtOnce() {
        Invalidation invalidation = new Invalidation("note", "at once");

        bus.publish(invalidation);

        assertThat(heard.all()).containsOnlyOnce(invalidation);
    }
}
