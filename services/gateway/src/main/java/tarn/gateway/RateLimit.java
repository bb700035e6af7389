package tarn.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// How often a user may ask: a bucket for each user, whatever the credentials, and a smaller one for
/// each address from which anybody else asks.
///
/// A credential that is presented for the first time is charged to the address, or else inventing
/// credentials would be a way around the limit. Services asking services are not limited.
///
/// The answer's `RateLimit-Policy` and `RateLimit` follow draft-ietf-httpapi-ratelimit-headers-10.
@Singleton
final class RateLimit implements Step {

    /// How many seconds' worth may be asked for at once.
    static final int BURST = 4;

    /// An address may ask for this part of what a caller may.
    static final int ANONYMOUS = 5;

    /// Each takes some 500 bytes.
    private static final int MAX_BUCKETS = 20_000;
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");

    /// One kind of bucket.
    private record Policy(String name, int perSecond, CharSequence header) {

        Policy(String name, int perSecond) {
            this(
                    name,
                    perSecond,
                    HttpHeaders.createOptimized('"' + name + "\";q=" + perSecond * BURST + ";w=" + BURST));
        }
    }

    private final Policy caller;
    private final Policy address;
    private final TimeMeter time;
    private final Cache<Object, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_BUCKETS)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build();

    /// @param perSecond how many requests a second a caller may make
    RateLimit(@ConfigProperty(name = "tarn.rate.limit", defaultValue = "50") int perSecond, Clock clock) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("TARN_RATE_LIMIT must be at least 1.");
        }
        this.caller = new Policy("caller", perSecond);
        this.address = new Policy("address", Math.max(1, perSecond / ANONYMOUS));
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    @Override
    public void take(Exchange exchange) {
        if (exchange.route().target() == Route.Target.SERVICE
                || exchange.route().target() == Route.Target.NOTHING) {
            Duration wait = charge(exchange);
            if (wait != null) {
                throw new Refusal.TooMany(wait);
            }
        }
        exchange.next();
    }

    /// How long to wait; null when one need not.
    private @Nullable Duration charge(Exchange exchange) {
        Caller known = exchange.caller();
        if (known == null && exchange.grant() != null && !exchange.grant().isDone()) {
            // Another user's first request with this credential was charged and is on its way.
            return null;
        }
        if (known != null && known.kind() == Caller.Kind.SERVICE) {
            return null;
        }
        return known == null
                ? charge(address, network(exchange.address()), exchange.response())
                : charge(caller, known.id(), exchange.response());
    }

    private @Nullable Duration charge(Policy policy, Object key, HttpServerResponse response) {
        Bucket bucket = buckets.get(key, _ -> bucket(policy));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        response.putHeader(POLICY, policy.header());
        response.putHeader(
                LIMIT,
                '"' + policy.name() + "\";r=" + probe.getRemainingTokens() + ";t="
                        + seconds(probe.getNanosToWaitForReset()));
        return probe.isConsumed() ? null : Duration.ofSeconds(seconds(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(Policy policy) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity((long) policy.perSecond() * BURST)
                        .refillGreedy(policy.perSecond(), Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }

    /// Whoever has an IPv6 address has at least 64 bits of them.
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            return literal instanceof Inet4Address
                    ? literal.getHostAddress()
                    : HexFormat.of().formatHex(literal.getAddress(), 0, 8);
        } catch (IllegalArgumentException foreign) {
            return address;
        }
    }
}
