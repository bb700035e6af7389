package tarn.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Bounds the requests that one service works on, and how long others wait for their turn.
///
/// Who waits is served in the order of coming. Once the queue has not been empty for [#MAX_BUSY], the service
/// is overloaded, and a request that has waited for [#MAX_WAIT] is refused: a queue that stands only adds to the time
/// that everybody waits. Rule and numbers: Ben Maurer, Fail at Scale, ACM Queue 13(8), 2015, Controlled Delay,
/// after Nichols and Jacobson, Controlling Queue Delay, ACM Queue 10(5), 2012.
///
/// Refusals are paced, because each takes as much CPU as reading a task does. Times are nanoseconds.
final class AdmissionQueue {

    /// How long the queue may stand.
    static final long MAX_BUSY = 100_000_000;

    /// How long a request waits when the service is overloaded.
    static final long MAX_WAIT = 5_000_000;

    /// How long a service counts as overloaded after a refusal, though its queue has been empty since.
    static final long RECOVERY = 1_000_000_000;

    /// The time for one refusal: 1,000 a second.
    static final long PACE = 1_000_000;

    /// Requests that wait; further ones are refused at once. At [#PACE] they are answered within 0.8 s.
    static final int MAX_WAITING = 800;

    /// Refusals that may have been saved up.
    private static final int MAX_AT_ONCE = 50;

    private final int limit;
    private final int limitOfUser;
    private final LongSupplier time;
    private final Set<Ticket> waiting = new LinkedHashSet<>();
    private final Map<Object, Integer> admittedOf = new HashMap<>();
    private int admitted;
    private long lastEmpty;
    private long lastRefusal;

    /// Until when the refusals so far take, at their pace.
    private long paced;

    /// @param limit requests that are worked on at the same time
    /// @param limitOfUser how many of them may be one user's, so that another user's slow requests do not
    ///     keep others waiting
    /// @param time nanoseconds
    AdmissionQueue(int limit, int limitOfUser, LongSupplier time) {
        this.limit = limit;
        this.limitOfUser = limitOfUser;
        this.time = time;
        this.paced = time.getAsLong();
        this.lastRefusal = paced - RECOVERY;
    }

    enum Admission {
        ADMITTED,
        WAITING,
        REFUSED
    }

    private enum State {
        WAITING,
        ADMITTED,
        LEFT
    }

    /// One request.
    static final class Ticket {

        private final Object user;
        private final Runnable turn;
        private final Runnable refusal;
        private long since;
        private State state = State.WAITING;

        /// @param turn called when its turn comes after it has waited
        /// @param refusal called when it has waited in vain
        Ticket(Object user, Runnable turn, Runnable refusal) {
            this.user = user;
            this.turn = turn;
            this.refusal = refusal;
        }
    }

    synchronized Admission enter(Ticket ticket) {
        if (mayBegin(ticket)) {
            admit(ticket);
            return Admission.ADMITTED;
        }
        if (waiting.size() >= MAX_WAITING) {
            ticket.state = State.LEFT;
            return Admission.REFUSED;
        }
        ticket.since = time.getAsLong();
        if (waiting.isEmpty()) {
            lastEmpty = ticket.since;
        }
        waiting.add(ticket);
        return Admission.WAITING;
    }

    /// It has been answered, or its client has gone: the next one's turn has come. Only the first call counts.
    void leave(Ticket ticket) {
        Ticket next;
        synchronized (this) {
            State before = ticket.state;
            ticket.state = State.LEFT;
            if (before == State.WAITING) {
                waiting.remove(ticket);
            }
            if (before != State.ADMITTED) {
                return;
            }
            admitted--;
            admittedOf.computeIfPresent(ticket.user, (_, count) -> count == 1 ? null : count - 1);
            next = admitNext();
        }
        if (next != null) {
            next.turn.run();
        }
    }

    /// Refuses those who have waited too long; to be called every few milliseconds while requests wait.
    ///
    /// @return whether anybody still waits
    boolean sweep() {
        List<Ticket> late = new ArrayList<>();
        boolean more;
        synchronized (this) {
            long now = time.getAsLong();
            paced = Math.max(paced, now - MAX_AT_ONCE * PACE);
            if (now - lastEmpty > MAX_BUSY || now - lastRefusal < RECOVERY) {
                Iterator<Ticket> oldest = waiting.iterator();
                while (paced + PACE <= now && oldest.hasNext()) {
                    Ticket ticket = oldest.next();
                    if (now - ticket.since < MAX_WAIT) {
                        break;
                    }
                    oldest.remove();
                    ticket.state = State.LEFT;
                    late.add(ticket);
                    paced += PACE;
                    lastRefusal = now;
                }
            }
            more = !waiting.isEmpty();
        }
        late.forEach(ticket -> ticket.refusal.run());
        return more;
    }

    synchronized int admitted() {
        return admitted;
    }

    private boolean mayBegin(Ticket ticket) {
        return admitted < limit && admittedOf.getOrDefault(ticket.user, 0) < limitOfUser;
    }

    private void admit(Ticket ticket) {
        ticket.state = State.ADMITTED;
        admitted++;
        admittedOf.merge(ticket.user, 1, Integer::sum);
    }

    /// The first who waits and whose user has not as many already as one may; null when nobody does.
    private @Nullable Ticket admitNext() {
        Iterator<Ticket> oldest = waiting.iterator();
        while (oldest.hasNext()) {
            Ticket ticket = oldest.next();
            if (mayBegin(ticket)) {
                oldest.remove();
                admit(ticket);
                return ticket;
            }
        }
        return null;
    }
}
