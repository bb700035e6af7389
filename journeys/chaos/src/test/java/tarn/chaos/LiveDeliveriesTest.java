package tarn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tarn.chaos.LiveReader.LiveConnection;
import tarn.testing.EventStream.SentEvent;

/// The measure of live streams itself: what counts as told twice, and what as missing.
class LiveDeliveriesTest {

    private static final Map<String, Long> TRANSACTIONS = Map.of("a", 10L, "b", 11L, "c", 12L, "d", 13L);

    /// Shows transactions below 11.
    private static final String AFTER_A = "1-1-b-0";

    /// Shows transactions below 13 but for 11, which was open.
    private static final String AFTER_A_AND_C = "1-1-b-2-0";

    @Test
    void countsWhatComesAgainAfterItsPosition() {
        LiveConnection first = connection("", sent("ready", "1-1-a-0", ""), created(AFTER_A_AND_C, "a"));
        LiveConnection second = connection(AFTER_A_AND_C, created(AFTER_A_AND_C, "c"), created(AFTER_A_AND_C, "b"));

        assertThat(deliveries(first, second).repeated()).containsExactly("c");
    }

    @Test
    void allowsWhatComesAgainBeforeItsPosition() {
        LiveConnection first = connection("", created(AFTER_A, "b"), created(AFTER_A, "c"));
        LiveConnection second = connection(AFTER_A, created(AFTER_A, "b"), created(AFTER_A, "c"));

        assertThat(deliveries(first, second).repeated()).isEmpty();
    }

    @Test
    void missesWhatNeitherStreamNorResetHasShown() {
        LiveConnection first = connection("", sent("ready", AFTER_A, ""), created(AFTER_A, "d"));
        assertThat(deliveries(first).missing()).containsExactlyInAnyOrder("b", "c");

        LiveConnection second = connection(AFTER_A, sent("reset", AFTER_A_AND_C, ""));
        assertThat(deliveries(first, second).missing()).containsExactly("b");
    }

    private static LiveDeliveries deliveries(LiveConnection... connections) {
        return new LiveDeliveries(List.of(connections), TRANSACTIONS);
    }

    private static LiveConnection connection(String lastEventId, SentEvent... events) {
        LiveConnection connection = new LiveConnection(lastEventId);
        connection.add(List.of(events));
        return connection;
    }

    private static SentEvent created(String position, String task) {
        return sent("change", position, task);
    }

    private static SentEvent sent(String name, String position, String task) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        if (!task.isEmpty()) {
            data.put("type", "task.created").put("id", task);
        }
        return new SentEvent(name, position, data, 0);
    }
}
