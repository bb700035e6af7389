package tarn.identity.passwords;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tarn.platform.problem.Refusal;

/// Rate limits failed password attempts by token buckets in memory: 10 a minute per account, 60 per
/// address; a success refills the account's bucket.
///
/// An account has a separate bucket for each address from which it has signed in before, so that
/// guessing from elsewhere cannot lock out its owner. Unknown accounts have buckets too, so that a
/// limit reveals nothing.
@Singleton
public final class PasswordAttempts {

    /// Failures per minute of one account.
    static final int PER_ACCOUNT = 10;

    /// Failures per minute of one address, which an office may share.
    static final int PER_ADDRESS = 60;

    /// Buckets of accounts and of addresses each, some 600 bytes each.
    private static final int MAX_REMEMBERED = 20_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private record Whence(String account, String address) {}

    private final TimeMeter time;
    private final Cache<Whence, Bucket> accounts = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterAccess(FORGOTTEN)
            .build();
    private final Cache<String, Bucket> addresses = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterAccess(FORGOTTEN)
            .build();

    PasswordAttempts(Clock clock) {
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                Instant now = clock.instant();
                return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /// Takes a token for an attempt at an account's password.
    ///
    /// @param account as the caller names it, existing or not
    /// @param address of the caller
    /// @param known whether the account has signed in from this address
    /// @throws Refusal.TooMany when the bucket is empty
    public Attempt begin(String account, String address, boolean known) {
        if (known) {
            Whence key = new Whence(account, address);
            return new Attempt(List.of(begin(accounts, key, PER_ACCOUNT)), () -> accounts.invalidate(key));
        }
        Bucket ofAddress = begin(addresses, address, PER_ADDRESS);
        Whence key = new Whence(account, "");
        try {
            Bucket ofAccount = begin(accounts, key, PER_ACCOUNT);
            return new Attempt(List.of(ofAddress, ofAccount), () -> accounts.invalidate(key));
        } catch (Refusal.TooMany refused) {
            ofAddress.addTokens(1);
            throw refused;
        }
    }

    /// Takes a token for another operation that reveals whether an account exists.
    ///
    /// @param address of the caller
    /// @throws Refusal.TooMany when the bucket is empty
    public Attempt begin(String address) {
        return new Attempt(List.of(begin(addresses, address, PER_ADDRESS)), () -> {});
    }

    private <K> Bucket begin(Cache<K, Bucket> buckets, K key, int perMinute) {
        Bucket bucket = buckets.get(key, unseen -> bucket(perMinute));
        take(bucket);
        return bucket;
    }

    /// An attempt, which counts as a failure unless resolved otherwise.
    public static final class Attempt {
        private final List<Bucket> taken;
        private final Runnable onSuccess;

        private Attempt(List<Bucket> taken, Runnable onSuccess) {
            this.taken = taken;
            this.onSuccess = onSuccess;
        }

        /// Marks the attempt as a success: refills the account's bucket.
        public void succeed() {
            withdraw();
            onSuccess.run();
        }

        /// Returns the tokens of an attempt that checked no password.
        public void withdraw() {
            taken.forEach(bucket -> bucket.addTokens(1));
        }
    }

    private static void take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
            throw new Refusal.TooMany(wait.plusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private Bucket bucket(int perMinute) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build();
    }
}
