package tarn.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.identity.database.IdentityDatabase;
import tarn.platform.security.AccessTokens;
import tarn.platform.security.Caller;
import tarn.testing.DatabaseResource;
import tarn.testing.SettableClock;

@QuarkusTest
@WithTestResource(
        value = DatabaseResource.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "services", value = "identity"))
final class SigningKeyStoreTest {

    @Inject
    SigningKeyStore store;

    @Inject
    IdentityDatabase database;

    @Inject
    SettableClock clock;

    @Inject
    AccessTokens accessTokens;

    @Inject
    AccessTokenSigner running;

    @BeforeEach
    void noKeys() {
        store.delete(store.ring().keys());
    }

    private SigningKeys process() {
        return new SigningKeys(store, clock);
    }

    private List<String> kept() {
        return store.ring().keys().stream().map(SigningKey::id).toList();
    }

    @Test
    void processesThatStartAtOnceShareOneFirstKey() throws Exception {
        List<Future<String>> signers = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                signers.add(threads.submit(() -> process().signer().id()));
            }
        }

        assertThat(kept()).hasSize(1);
        for (Future<String> signer : signers) {
            assertThat(signer.get()).isEqualTo(kept().getFirst());
        }
    }

    @Test
    void aKeyTurnsOverWithoutATokenBeingRefused() {
        SigningKeys signing = process();
        SigningKeys verifying = process();
        String first = signing.signer().id();

        clock.advance(Duration.ofDays(29).plusMinutes(1));
        assertThat(signing.signer().id()).isEqualTo(first);
        assertThat(signing.published()).hasSize(2);
        String next = signing.published().getLast().id();
        assertThat(verifying.key(next)).isNotNull();

        clock.advance(Duration.ofDays(1));
        assertThat(signing.signer().id()).isEqualTo(next);
        assertThat(verifying.key(first)).isNotNull();
        assertThat(verifying.key(next)).isNotNull();

        clock.advance(KeyRing.OUTLIVES);
        assertThat(signing.published()).extracting(SigningKey::id).containsExactly(next);
        assertThat(verifying.key(first)).isNull();
        assertThat(kept()).containsExactly(next);
    }

    @Test
    void forgedKeyIdsCostAQueryAtMostEveryFewSeconds() {
        SigningKeys keys = process();
        keys.signer();
        store.delete(store.ring().keys());

        assertThat(keys.key("forged")).isNull();
        assertThat(kept()).isEmpty();
        clock.advance(SigningKeys.MIN_REREAD_AGE);
        assertThat(keys.key("forged")).isNull();
        assertThat(kept()).hasSize(1);
    }

    @Test
    void privateKeysAreUnreadableInTheDatabase() {
        SigningKey key = process().signer();
        byte[] plain = Objects.requireNonNull(key.privateKey()).getEncoded();

        byte[] kept = database.database()
                .sql()
                .fetchSingle("select private_key from identity.signing_key")
                .get(0, byte[].class);

        assertThat(kept).isNotEqualTo(plain).hasSize(plain.length + 28);
    }

    @Test
    void afterTheSecretWasChangedOldKeysVerifyAndANewOneSigns() {
        String old = process().signer().id();
        clock.advance(Duration.ofSeconds(1));
        SigningKeyStore elsewhere =
                new SigningKeyStore(database, new SigningKeyCipher("another-secret-of-more-than-32-characters"));
        SigningKeys keys = new SigningKeys(elsewhere, clock);

        String signer = keys.signer().id();

        assertThat(signer).isNotEqualTo(old);
        assertThat(keys.key(old)).isNotNull();
        assertThat(keys.key(signer)).isNotNull();
    }

    @Test
    void whatIsSignedIsReadAsItWas() {
        clock.advance(SigningKeys.FRESH);
        Instant end = clock.instant().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        Caller user =
                new Caller(new UUID(1, 2), Caller.Kind.TOKEN, new UUID(3, 4), Set.of("tasks:read"), false, "", end);
        Caller service = new Caller(new UUID(0, 0), Caller.Kind.SERVICE, new UUID(0, 0), Set.of(), false, "tasks", end);

        assertThat(accessTokens.verify(running.sign(user))).isEqualTo(user);
        assertThat(accessTokens.verify(running.sign(service))).isEqualTo(service);
    }
}
