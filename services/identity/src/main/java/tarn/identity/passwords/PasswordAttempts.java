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

/// Slows down guessing, for each account and for each address, and locks nobody out.
///
/// Only failures count: an attempt takes a token from both buckets and a success gives them back. An
/// address from which an account has signed in before has a bucket of its own for that account, and
/// only that one: neither guesses at the account from elsewhere nor guesses at other accounts from
/// this address slow down its owner. Accounts that do not exist have buckets too: being slowed down
/// tells nothing.
///
/// In memory, for each process: forgetting at a restart gives a guesser a few more attempts.
@Singleton
public final class PasswordAttempts {

    /// Failures in a row that one account allows, and regains each minute.
    static final int PER_ACCOUNT = 10;

    /// The same for one address, behind which there may be an office.
    static final int PER_ADDRESS = 60;

    /// Of accounts and of addresses; each takes some 600 bytes.
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

    /// Takes one attempt at an account's password.
    ///
    /// @param account what the caller calls the account, whether it exists or not
    /// @param address where the caller is
    /// @param known whether the account has signed in from there before
    /// @throws Refusal.TooMany when there is none left for now
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

    /// Takes one attempt at something else that tells whether an account exists.
    ///
    /// @param address where the caller is
    /// @throws Refusal.TooMany when there is none left for now
    public Attempt begin(String address) {
        return new Attempt(List.of(begin(addresses, address, PER_ADDRESS)), () -> {});
    }

    private <K> Bucket begin(Cache<K, Bucket> buckets, K key, int perMinute) {
        Bucket bucket = buckets.get(key, unseen -> bucket(perMinute));
        take(bucket);
        return bucket;
    }

    /// One attempt that has begun. It counts as a failure unless it is said otherwise.
    public static final class Attempt {
        private final List<Bucket> taken;
        private final Runnable onSuccess;

        private Attempt(List<Bucket> taken, Runnable onSuccess) {
            this.taken = taken;
            this.onSuccess = onSuccess;
        }

        /// It was no guess: gives it back, and all earlier ones at this account.
        public void succeed() {
            withdraw();
            onSuccess.run();
        }

        /// Nothing was guessed: gives it back.
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
