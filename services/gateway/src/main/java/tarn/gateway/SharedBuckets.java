package tarn.gateway;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tarn.platform.redis.SharedRedis;

/// Token buckets in Redis that gateways share, changed by compare-and-set, for [RateLimit]; an
/// unused bucket expires.
final class SharedBuckets extends AbstractCompareAndSwapBasedProxyManager<String> {

    private static final String KEY = "tarn:limit:";

    private static final String REPLACE = """
            if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3])
            return 1
            """;

    private final SharedRedis redis;
    private final String lifetimeMillis;

    /// @param lifetime after which an unused bucket is forgotten: at least until it is full again
    SharedBuckets(SharedRedis redis, TimeMeter time, Duration lifetime) {
        super(ClientSideConfig.getDefault().withClientClock(time));
        this.redis = redis;
        this.lifetimeMillis = Long.toString(lifetime.toMillis());
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String name) {
        String key = KEY + name;
        return new AsyncCompareAndSwapOperation() {
            @Override
            public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeout) {
                return redis.send(Request.cmd(Command.GET).arg(key))
                        .thenApply(found -> Optional.ofNullable(found).map(state -> state.toBytes()));
            }

            @Override
            public CompletableFuture<Boolean> compareAndSwap(
                    byte @Nullable [] before, byte[] after, RemoteBucketState state, Optional<Long> timeout) {
                if (before == null) {
                    return redis.send(Request.cmd(Command.SET)
                                    .arg(key)
                                    .arg(after)
                                    .arg("NX")
                                    .arg("PX")
                                    .arg(lifetimeMillis))
                            .thenApply(set -> set != null);
                }
                return redis.send(Request.cmd(Command.EVAL)
                                .arg(REPLACE)
                                .arg(1)
                                .arg(key)
                                .arg(before)
                                .arg(after)
                                .arg(lifetimeMillis))
                        .thenApply(replaced -> replaced != null && replaced.toInteger() == 1);
            }
        };
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
        throw new UnsupportedOperationException("An event loop does not wait.");
    }

    @Override
    public void removeProxy(String key) {
        throw new UnsupportedOperationException("Buckets expire.");
    }

    @Override
    protected CompletableFuture<Void> removeAsync(String key) {
        throw new UnsupportedOperationException("Buckets expire.");
    }

    @Override
    public boolean isAsyncModeSupported() {
        return true;
    }
}
