package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tarn.gateway.AdmissionQueue.Admission;
import tarn.gateway.AdmissionQueue.Ticket;

final class AdmissionQueueTest {

    private static final long MILLISECOND = 1_000_000;

    private final List<String> seen = new ArrayList<>();
    private final AdmissionQueue queue = new AdmissionQueue(3, 2, () -> this.now);
    private long now = 1_000 * MILLISECOND;

    private Ticket ticket(String user, String name) {
        return new Ticket(user, () -> seen.add(name), () -> seen.add("no " + name));
    }

    @Test
    void waitingRequestsAreServedInOrder() {
        Ticket first = ticket("ada", "1");
        assertThat(queue.enter(first)).isEqualTo(Admission.ADMITTED);
        assertThat(queue.enter(ticket("bob", "2"))).isEqualTo(Admission.ADMITTED);
        assertThat(queue.enter(ticket("eve", "3"))).isEqualTo(Admission.ADMITTED);
        Ticket fourth = ticket("joe", "4");
        assertThat(queue.enter(fourth)).isEqualTo(Admission.WAITING);
        assertThat(queue.enter(ticket("kim", "5"))).isEqualTo(Admission.WAITING);

        queue.leave(first);
        queue.leave(first);

        assertThat(seen).containsExactly("4");
        queue.leave(fourth);
        assertThat(seen).containsExactly("4", "5");
        assertThat(queue.admitted()).isEqualTo(3);
    }

    @Test
    void oneUserLeavesRoomForOthers() {
        Ticket slow = ticket("ada", "1");
        queue.enter(slow);
        queue.enter(ticket("ada", "2"));

        assertThat(queue.enter(ticket("ada", "3"))).isEqualTo(Admission.WAITING);
        Ticket other = ticket("bob", "4");
        assertThat(queue.enter(other)).isEqualTo(Admission.ADMITTED);

        queue.leave(other);
        assertThat(seen).isEmpty();
        now += AdmissionQueue.SHARED;
        queue.leave(slow);
        assertThat(seen).containsExactly("3");
    }

    @Test
    void oneUserHasHalfOfTheLimitWhileOthersAsk() {
        AdmissionQueue wide = new AdmissionQueue(10, 8, () -> now);
        wide.enter(ticket("bob", "0"));
        Ticket first = ticket("ada", "1");
        wide.enter(first);
        for (int i = 2; i <= 4; i++) {
            assertThat(wide.enter(ticket("ada", "" + i))).isEqualTo(Admission.ADMITTED);
        }
        assertThat(wide.enter(ticket("ada", "5"))).isEqualTo(Admission.WAITING);
        assertThat(wide.enter(ticket("bob", "6"))).isEqualTo(Admission.ADMITTED);

        wide.leave(first);
        assertThat(seen).containsExactly("5");

        now += AdmissionQueue.SHARED;
        for (int i = 7; i <= 10; i++) {
            assertThat(wide.enter(ticket("ada", "" + i))).isEqualTo(Admission.ADMITTED);
        }
        assertThat(wide.enter(ticket("ada", "11"))).isEqualTo(Admission.WAITING);
    }

    @Test
    void whatAUserMayHaveAloneWaitsBesideOthersWithoutARefusal() {
        AdmissionQueue wide = new AdmissionQueue(10, 8, () -> now);
        wide.enter(ticket("bob", "0"));
        for (int i = 1; i <= 9; i++) {
            wide.enter(ticket("ada", "" + i));
        }
        now += 2 * AdmissionQueue.MAX_BUSY;

        assertThat(wide.sweep()).isTrue();
        assertThat(seen).containsExactly("no 9");
        now += AdmissionQueue.RECOVERY;
        assertThat(wide.sweep()).isTrue();
        assertThat(seen).containsExactly("no 9");
    }

    @Test
    void aBurstWaitsAndAStandingQueueIsRefused() {
        queue.enter(ticket("ada", "1"));
        queue.enter(ticket("ada", "2"));
        queue.enter(ticket("ada", "3"));

        now += AdmissionQueue.MAX_BUSY;
        assertThat(queue.sweep()).isTrue();
        assertThat(seen).isEmpty();

        now += MILLISECOND;
        queue.enter(ticket("ada", "4"));
        assertThat(queue.sweep()).isTrue();
        assertThat(seen).containsExactly("no 3");
        now += AdmissionQueue.MAX_WAIT;
        assertThat(queue.sweep()).isFalse();
        assertThat(seen).containsExactly("no 3", "no 4");
    }

    @Test
    void refusalsAreSpreadOverTimeAndTheQueueIsBounded() {
        int others = 0;
        while (queue.enter(ticket("ada", "n")) != Admission.REFUSED) {
            others++;
        }
        assertThat(others).isEqualTo(2 + AdmissionQueue.MAX_WAITING);

        now += 2 * AdmissionQueue.MAX_BUSY;
        queue.sweep();
        int atOnce = seen.size();
        now += 5 * MILLISECOND;
        queue.sweep();

        assertThat(atOnce).isBetween(1, 50);
        assertThat(seen.size() - atOnce).isEqualTo(5);
    }

    @Test
    void whoGoesAwayWhileWaitingLeavesNothingBehind() {
        Ticket first = ticket("ada", "1");
        queue.enter(first);
        queue.enter(ticket("ada", "2"));
        Ticket gone = ticket("ada", "3");
        queue.enter(gone);

        queue.leave(gone);
        queue.leave(first);

        assertThat(seen).isEmpty();
        assertThat(queue.sweep()).isFalse();
        assertThat(queue.admitted()).isEqualTo(1);
    }
}
