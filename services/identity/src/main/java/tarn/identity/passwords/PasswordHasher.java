package tarn.identity.passwords;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import tarn.platform.Secret;
import tarn.platform.problem.Refusal;

/// Hashes and verifies passwords with Argon2id, behind a bulkhead of one thread per core and a
/// queue of 32 each, at least 64; refuses with 503 when full.
///
/// A hash takes tens of milliseconds of CPU and 19 MiB, and would block other requests on a virtual
/// thread.
@Singleton
public final class PasswordHasher {

    /// The result of a check.
    public enum Verdict {
        WRONG,
        RIGHT,
        /// Right, and to be hashed again: it was hashed with another cost than today's.
        RIGHT_BUT_OUTDATED
    }

    private static final int WAITING_PER_THREAD = 32;

    /// The gateway lets in as many.
    private static final int MIN_WAITING = 64;

    private final SecureRandom random = new SecureRandom();
    private final Argon2id nobodys =
            new Argon2id(Argon2id.COST, bytes(Argon2id.SALT_BYTES), bytes(Argon2id.HASH_BYTES));
    private final ThreadPoolExecutor threads;
    private final Timer checks;

    @Inject
    PasswordHasher(MeterRegistry metrics) {
        this(metrics, Runtime.getRuntime().availableProcessors());
    }

    private PasswordHasher(MeterRegistry metrics, int cores) {
        this(metrics, cores, Math.max(MIN_WAITING, cores * WAITING_PER_THREAD));
    }

    /// @param size threads
    /// @param waiting length of the queue
    PasswordHasher(MeterRegistry metrics, int size, int waiting) {
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name("password-", 0).daemon().factory());
        this.threads.allowCoreThreadTimeOut(true);
        this.checks = Timer.builder("tarn.password.checks")
                .description("Passwords checked, with the time waited for a thread")
                .register(metrics);
    }

    /// A password's hash in PHC format.
    ///
    /// @throws Refusal.Unavailable when the queue is full
    public Secret hash(String password) {
        return new Secret(work(() -> Argon2id.of(normal(password), Argon2id.COST, bytes(Argon2id.SALT_BYTES))
                .toString()));
    }

    /// Checks a password against a hash made by [#hash].
    ///
    /// @throws Refusal.Unavailable when the queue is full
    public Verdict check(String password, Secret hash) {
        Argon2id kept = Argon2id.parse(hash.value());
        boolean matches = check(password, kept);
        if (!matches) {
            return Verdict.WRONG;
        }
        return kept.isOutdated() ? Verdict.RIGHT_BUT_OUTDATED : Verdict.RIGHT;
    }

    /// Does the work of a check for an unknown account, so that timing does not reveal whether an
    /// account exists.
    ///
    /// @throws Refusal.Unavailable when the queue is full
    public void checkNobodys(String password) {
        check(password, nobodys);
    }

    private boolean check(String password, Argon2id kept) {
        long begin = System.nanoTime();
        boolean matches = work(() -> kept.matches(normal(password)));
        checks.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        return matches;
    }

    /// NFKC form, so that different keyboards give the same password (NIST SP 800-63B).
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> T work(Callable<T> task) {
        try {
            Future<T> result = threads.submit(task);
            return result.get();
        } catch (RejectedExecutionException full) {
            throw new Refusal.Unavailable("Too many passwords are waiting. Try again in a moment.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The server is stopping.");
        } catch (ExecutionException failure) {
            throw new IllegalStateException("A password could not be hashed", failure.getCause());
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
