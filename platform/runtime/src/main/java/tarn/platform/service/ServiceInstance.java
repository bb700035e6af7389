package tarn.platform.service;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/// One process of a service, with a circuit breaker of its own: after 8 failed attempts in a row it
/// is left alone for 1 s.
final class ServiceInstance {

    private static final Logger LOG = Logger.getLogger(ServiceInstance.class);

    /// A failed attempt.
    static final class Failure extends RuntimeException {

        /// Whether another attempt may go better.
        private final boolean retryable;

        /// Whether the service has certainly not begun with it.
        private final boolean unread;

        Failure(boolean retryable, boolean unread) {
            super(null, null, false, false);
            this.retryable = retryable;
            this.unread = unread;
        }

        boolean isRetryable() {
            return retryable;
        }

        boolean isUnread() {
            return unread;
        }
    }

    private final String service;
    private final Supplier<URI> address;
    private final TypedGuard<ServiceChannel.Raw> breaker;
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;

    /// @param address asked for each call: that of this process is known only once it listens
    ServiceInstance(String service, Supplier<URI> address) {
        this.service = service;
        this.address = address;
        this.breaker = TypedGuard.create(ServiceChannel.Raw.class)
                .withCircuitBreaker()
                .requestVolumeThreshold(CallLimits.BREAKER_CALLS)
                .failureRatio(CallLimits.BREAKER_FAILURES)
                .delay(CallLimits.BREAKER_PAUSE.toMillis(), ChronoUnit.MILLIS)
                .when(Failure.class::isInstance)
                .onStateChange(this::changed)
                .done()
                .build();
    }

    URI at(String path) {
        return address.get().resolve(path);
    }

    /// Whether the circuit breaker is closed.
    boolean isClosed() {
        return state == CircuitBreakerState.CLOSED;
    }

    /// Makes an attempt and reports it to the circuit breaker.
    ///
    /// @throws CircuitBreakerOpenException when the instance is left alone
    ServiceChannel.Raw guarded(Supplier<ServiceChannel.Raw> attempt) {
        return breaker.get(attempt);
    }

    private void changed(CircuitBreakerState state) {
        this.state = state;
        switch (state) {
            case OPEN ->
                LOG.warnf(
                        "The %s service at %s does not answer: it is not called for %d ms",
                        service, address.get().getAuthority(), CallLimits.BREAKER_PAUSE.toMillis());
            case HALF_OPEN ->
                LOG.debugf(
                        "The %s service at %s is tried again",
                        service, address.get().getAuthority());
            case CLOSED ->
                LOG.infof(
                        "The %s service at %s answers again",
                        service, address.get().getAuthority());
        }
    }
}
