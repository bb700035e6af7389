package tarn.identity.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tarn.platform.Secret;
import tarn.platform.problem.Refusal;

final class PasswordHasherTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final PasswordHasher hasher = new PasswordHasher(metrics, 1, 2);

    @AfterEach
    void stop() {
        hasher.stop();
    }

    @Test
    void tellsRightFromWrong() {
        Secret hash = hasher.hash("a quiet tarn");

        assertThat(hasher.check("a quiet tarn", hash)).isEqualTo(PasswordHasher.Verdict.RIGHT);
        assertThat(hasher.check("a quiet Tarn", hash)).isEqualTo(PasswordHasher.Verdict.WRONG);
        assertThat(hasher.hash("a quiet tarn")).isNotEqualTo(hash);
    }

    @Test
    void tellsWhenAHashIsToBeMadeAnew() {
        Secret cheap = new Secret(Argon2id.of("a quiet tarn", new Argon2id.Cost(64, 1, 1), new byte[16])
                .toString());

        assertThat(hasher.check("a quiet tarn", cheap)).isEqualTo(PasswordHasher.Verdict.RIGHT_BUT_OUTDATED);
    }

    @Test
    void takesTheSameTextTypedOtherwise() {
        Secret hash = hasher.hash("caf\u00e9 \ufb01ndet");

        assertThat(hasher.check("cafe\u0301 findet", hash)).isEqualTo(PasswordHasher.Verdict.RIGHT);
    }

    @Test
    void worksAsHardForNobody() {
        hasher.checkNobodys("a quiet tarn");

        assertThat(metrics.get("tarn.password.checks").timer().count()).isEqualTo(1);
    }

    @Test
    void turnsAwayWhomItCanNotServeSoon() throws InterruptedException {
        int callers = 12;
        List<Future<Secret>> answers = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> hasher.hash("a quiet tarn")));
            }
        }

        long refused = 0;
        for (Future<Secret> answer : answers) {
            try {
                answer.get();
            } catch (ExecutionException failure) {
                assertThat(failure).hasCauseInstanceOf(Refusal.Unavailable.class);
                refused++;
            }
        }
        assertThat(refused).isBetween(1L, callers - 3L);
    }
}
