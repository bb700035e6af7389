package tarn.testing.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import tarn.platform.bus.Bus;
import tarn.platform.bus.Signal;
import tarn.testing.DatabaseResource;

@QuarkusTest
@WithTestResource(value = DatabaseResource.class, initArgs = @ResourceArg(name = "services", value = "sample"))
final class BusTest {

    @Inject
    Bus bus;

    @Inject
    HeardSignals heard;

    @Test
    void followersHearOfAChangeWhenItIsCommitted() {
        Signal signal = new Signal("note", "committed");

        List<Signal> within = QuarkusTransaction.requiringNew().call(() -> {
            bus.publish(signal);
            return heard.all();
        });

        assertThat(within).doesNotContain(signal);
        assertThat(heard.all()).containsOnlyOnce(signal);
    }

    @Test
    void nobodyHearsOfWhatDidNotHappen() {
        Signal signal = new Signal("note", "rolled back");

        QuarkusTransaction.begin();
        bus.publish(signal);
        QuarkusTransaction.rollback();

        assertThat(heard.all()).doesNotContain(signal);
    }

    @Test
    void withoutATransactionItIsHeardAtOnce() {
        Signal signal = new Signal("note", "at once");

        bus.publish(signal);

        assertThat(heard.all()).containsOnlyOnce(signal);
    }
}
