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

/// Token bucket rate limit: 50 requests a second per user (`tarn.rate.limit`), a fifth of that per
/// address without a known user, with a burst of 4 s.
///
/// A credential not seen before is charged to the address, so that invented credentials are
/// limited. Services are exempt. Response headers follow draft-ietf-httpapi-ratelimit-headers-10.
@Singleton
final class RateLimit implements GatewayFilter {

    /// Capacity of a bucket in seconds of its rate.
    static final int BURST = 4;

    /// Divisor of the rate for an address.
    static final int ANONYMOUS = 5;

    /// Buckets in memory, some 500 bytes each.
    private static final int MAX_BUCKETS = 20_000;
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");

    /// A kind of bucket with its rate.
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

    /// @param perSecond requests a second of one user
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
    public void take(GatewayExchange exchange) {
        if (exchange.route().target() == Route.Target.SERVICE
                || exchange.route().target() == Route.Target.NOTHING) {
            Duration wait = charge(exchange);
            if (wait != null) {
                throw new Refusal.TooMany(wait);
            }
        }
        exchange.next();
    }

    /// How long to wait; null when within the limit.
    private @Nullable Duration charge(GatewayExchange exchange) {
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

    /// An IPv4 address, or the /64 network of an IPv6 address, the smallest that is assigned.
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
