package tarn.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tarn.platform.problem.Refusal;
import tarn.platform.redis.SharedRedis;
import tarn.platform.security.Caller;

/// Token bucket rate limit: 50 requests a second per user (`tarn.rate.limit`), a fifth of that per
/// address without a known user, with a burst of 4 s; the excess gets 429.
///
/// A credential not seen before is charged to the address, so that invented credentials are
/// limited. Services, files and health checks are exempt. Gateways share buckets in [SharedRedis]
/// where there is one; while it does not answer, each has its own. Response headers follow
/// draft-ietf-httpapi-ratelimit-headers-10.
@Singleton
final class RateLimit implements GatewayFilter {

    /// Capacity of a bucket in seconds of its rate.
    static final int BURST = 4;

    /// Divisor of the rate for an address.
    static final int ANONYMOUS = 5;

    /// Buckets in memory, some 500 bytes each.
    private static final int MAX_BUCKETS = 20_000;

    /// Time after which Redis forgets a bucket, which is full again by then.
    private static final Duration SHARED_LIFETIME = Duration.ofSeconds(2L * BURST);

    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit");

    /// A kind of bucket with its rate.
    private record Policy(String name, int perSecond, BucketConfiguration bucket, CharSequence header) {

        Policy(String name, int perSecond) {
            this(
                    name,
                    perSecond,
                    BucketConfiguration.builder()
                            .addLimit(limit -> limit.capacity((long) perSecond * BURST)
                                    .refillGreedy(perSecond, Duration.ofSeconds(1)))
                            .build(),
                    HttpHeaders.createOptimized('"' + name + "\";q=" + perSecond * BURST + ";w=" + BURST));
        }
    }

    private final Policy caller;
    private final Policy address;
    private final TimeMeter time;
    private final SharedRedis redis;
    private final AsyncProxyManager<String> shared;
    private final Cache<Object, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_BUCKETS)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build();

    /// @param perSecond requests a second of one user
    RateLimit(
            @ConfigProperty(name = "tarn.rate.limit", defaultValue = "50") int perSecond,
            Clock clock,
            SharedRedis redis) {
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
        this.redis = redis;
        this.shared = new SharedBuckets(redis, time, SHARED_LIFETIME).asAsync();
    }

    @Override
    public void take(GatewayExchange exchange) {
        if (exchange.route().target() != Route.Target.SERVICE
                && exchange.route().target() != Route.Target.NOTHING) {
            exchange.next();
            return;
        }
        Caller known = exchange.caller();
        if (known == null && exchange.grant() != null && !exchange.grant().isDone()) {
            // Another user's first request with this credential was charged and is on its way.
            exchange.next();
        } else if (known == null) {
            charge(exchange, address, network(exchange.address()));
        } else if (known.kind() == Caller.Kind.SERVICE) {
            exchange.next();
        } else {
            charge(exchange, caller, known.id());
        }
    }

    private void charge(GatewayExchange exchange, Policy policy, Object key) {
        if (redis.isConfigured()) {
            String name = policy.name() + ':' + key;
            CompletableFuture<ConsumptionProbe> charged = redis.use(() -> shared.builder()
                            .build(name, () -> CompletableFuture.completedFuture(policy.bucket()))
                            .tryConsumeAndReturnRemaining(1))
                    .exceptionally(_ -> chargeHere(policy, key));
            exchange.when(charged, probe -> goOn(exchange, policy, probe));
        } else {
            goOn(exchange, policy, chargeHere(policy, key));
        }
    }

    private ConsumptionProbe chargeHere(Policy policy, Object key) {
        return buckets.get(
                        key,
                        _ -> Bucket.builder()
                                .addLimit(policy.bucket().getBandwidths()[0])
                                .withCustomTimePrecision(time)
                                .build())
                .tryConsumeAndReturnRemaining(1);
    }

    /// @throws Refusal.TooMany when the bucket was empty
    private static void goOn(GatewayExchange exchange, Policy policy, ConsumptionProbe probe) {
        exchange.response()
                .putHeader(POLICY, policy.header())
                .putHeader(
                        LIMIT,
                        '"' + policy.name() + "\";r=" + probe.getRemainingTokens() + ";t="
                                + seconds(probe.getNanosToWaitForReset()));
        if (!probe.isConsumed()) {
            throw new Refusal.TooMany(Duration.ofSeconds(seconds(probe.getNanosToWaitForRefill())));
        }
        exchange.next();
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
