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

/// FIFO queue with controlled delay (CoDel): holds 800 requests, and once it has not been empty for
/// 100 ms refuses those that have waited 5 ms, at most 1,000 a second.
///
/// While others ask, a user has half as many requests in flight as alone: a service runs them without
/// time slices, so that each delays all others. What that holds back waits without a refusal.
///
/// Ben Maurer, Fail at Scale, ACM Queue 13(8), 2015, after Nichols and Jacobson, Controlling Queue
/// Delay, ACM Queue 10(5), 2012. Refusals are paced because each costs as much CPU as reading a
/// task. Times are in nanoseconds.
final class AdmissionQueue {

    /// Time the queue may stay non-empty before the service counts as overloaded.
    static final long MAX_BUSY = 100_000_000;

    /// Time a request waits in an overloaded service.
    static final long MAX_WAIT = 5_000_000;

    /// Time a service counts as overloaded after a refusal.
    static final long RECOVERY = 1_000_000_000;

    /// Minimum time per refusal: 1,000 a second.
    static final long PACE = 1_000_000;

    /// Length of the queue; further requests are refused at once. At [#PACE] a full queue is
    /// refused within 0.8 s.
    static final int MAX_WAITING = 800;

    /// Time after a request of one user in which the others have half of their limit.
    static final long SHARED = 1_000_000_000;

    /// Burst of refusals after a quiet time.
    private static final int MAX_AT_ONCE = 50;

    private final int limit;
    private final int limitOfUser;
    private final LongSupplier time;
    private final Set<Ticket> waiting = new LinkedHashSet<>();
    private final Map<Object, Usage> usages = new HashMap<>();
    private int admitted;

    /// Requests in the queue that the service has no room for.
    private int waitingForRoom;

    private long lastEmpty;
    private long lastRefusal;

    /// Time up to which refusals have used their pace.
    private long paced;

    /// The user who asked last, and the last one who was not that user.
    private @Nullable Object latest;

    private @Nullable Object other;
    private long latestRequest;
    private long otherRequest;

    /// @param limit concurrent requests
    /// @param limitOfUser concurrent requests of one user, so that one user's slow requests do not
    /// block others
    /// @param time in nanoseconds
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

    /// Requests of one user, in flight and waiting.
    private static final class Usage {
        private int admitted;
        private int waiting;
    }

    /// A request in the queue.
    static final class Ticket {

        private final Object user;
        private final Runnable turn;
        private final Runnable refusal;
        private long since;

        /// Whether it waits for its user's requests, not for room in the service.
        private boolean heldBack;

        private State state = State.WAITING;

        /// @param turn runs on admission after waiting
        /// @param refusal runs on refusal after waiting
        Ticket(Object user, Runnable turn, Runnable refusal) {
            this.user = user;
            this.turn = turn;
            this.refusal = refusal;
        }
    }

    synchronized Admission enter(Ticket ticket) {
        long now = time.getAsLong();
        noteRequest(ticket.user, now);
        if (mayBegin(ticket, now)) {
            admit(ticket);
            return Admission.ADMITTED;
        }
        if (waiting.size() >= MAX_WAITING) {
            ticket.state = State.LEFT;
            return Admission.REFUSED;
        }
        Usage usage = usageOf(ticket.user);
        ticket.since = now;
        ticket.heldBack = admitted < limit && usage.admitted + usage.waiting < limitOfUser;
        if (!ticket.heldBack && waitingForRoom++ == 0) {
            lastEmpty = now;
        }
        usage.waiting++;
        waiting.add(ticket);
        return Admission.WAITING;
    }

    /// Releases the place of a request that was answered or abandoned, and admits the next; further
    /// calls do nothing.
    void leave(Ticket ticket) {
        Ticket next;
        synchronized (this) {
            State before = ticket.state;
            ticket.state = State.LEFT;
            if (before == State.WAITING && waiting.remove(ticket)) {
                endWaiting(ticket);
                forgetIdle(ticket.user);
            }
            if (before != State.ADMITTED) {
                return;
            }
            admitted--;
            usageOf(ticket.user).admitted--;
            forgetIdle(ticket.user);
            next = admitNext();
        }
        if (next != null) {
            next.turn.run();
        }
    }

    /// Refuses requests that have waited too long; called every few milliseconds while requests
    /// wait.
    ///
    /// @return whether requests still wait
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
                    if (ticket.heldBack) {
                        continue;
                    }
                    oldest.remove();
                    endWaiting(ticket);
                    forgetIdle(ticket.user);
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

    private void noteRequest(Object user, long now) {
        if (!user.equals(latest)) {
            other = latest;
            otherRequest = latestRequest;
            latest = user;
        }
        latestRequest = now;
    }

    private boolean mayBegin(Ticket ticket, long now) {
        boolean shared = ticket.user.equals(latest)
                ? other != null && now - otherRequest < SHARED
                : now - latestRequest < SHARED;
        Usage usage = usages.get(ticket.user);
        return admitted < limit && (usage == null || usage.admitted < (shared ? limitOfUser / 2 : limitOfUser));
    }

    private void admit(Ticket ticket) {
        ticket.state = State.ADMITTED;
        admitted++;
        usageOf(ticket.user).admitted++;
    }

    /// Admits the oldest request whose user is below the limit; null for none.
    private @Nullable Ticket admitNext() {
        long now = time.getAsLong();
        Iterator<Ticket> oldest = waiting.iterator();
        while (oldest.hasNext()) {
            Ticket ticket = oldest.next();
            if (mayBegin(ticket, now)) {
                oldest.remove();
                endWaiting(ticket);
                admit(ticket);
                return ticket;
            }
        }
        return null;
    }

    private void endWaiting(Ticket ticket) {
        usageOf(ticket.user).waiting--;
        if (!ticket.heldBack) {
            waitingForRoom--;
        }
    }

    private Usage usageOf(Object user) {
        return usages.computeIfAbsent(user, _ -> new Usage());
    }

    private void forgetIdle(Object user) {
        usages.computeIfPresent(user, (_, usage) -> usage.admitted + usage.waiting == 0 ? null : usage);
    }
}
