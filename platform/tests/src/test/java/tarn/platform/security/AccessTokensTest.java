package tarn.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tarn.testing.SettableClock;
import tarn.testing.SignedTokens;

final class AccessTokensTest {

    private static final UUID ADA = UUID.fromString("0190a000-0000-7000-8000-00000000000a");
    private static final UUID SESSION = UUID.fromString("0190a000-0000-7000-8000-000000000005");

    private final SettableClock clock = SettableClock.at("2026-01-31T12:00:00Z");
    private final SignedTokens signed = new SignedTokens(clock);
    private final AtomicInteger asked = new AtomicInteger();
    private final AccessTokens tokens = new AccessTokens(this::counted, clock);
    private final Caller ada = new Caller(
            ADA,
            Caller.Kind.SESSION,
            SESSION,
            Set.of(),
            true,
            "",
            clock.instant().plus(AccessTokens.LIFETIME),
            ZoneId.of("Pacific/Auckland"));

    private @Nullable PublicKey counted(String keyId) {
        asked.incrementAndGet();
        return signed.key(keyId);
    }

    @Test
    void knowsWhoSentAValidToken() {
        assertThat(tokens.verify(signed.of(ada))).isEqualTo(ada);
    }

    @Test
    void knowsProgramsByTheirScopesAndServicesByTheirName() {
        Caller program = Objects.requireNonNull(tokens.verify(signed.program(ADA, "tasks:read")));
        Caller service = Objects.requireNonNull(tokens.verify(signed.service("worker")));

        assertThat(program.roles()).containsExactly("tasks:read");
        assertThat(service.name()).isEqualTo("worker");
        assertThat(service.roles()).containsExactly("service:worker");
        assertThat(ada.roles()).contains("session", "administrator", "tasks:write");
    }

    @Test
    void remembersATokenUntilItExpires() {
        String token = signed.of(ada);

        assertThat(tokens.remembered(token)).isNull();
        tokens.verify(token);
        clock.advance(AccessTokens.LIFETIME.minusSeconds(1));

        assertThat(tokens.remembered(token)).isEqualTo(ada);
        assertThat(tokens.verify(token)).isEqualTo(ada);
        assertThat(asked).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.remembered(token)).isNull();
        assertThat(tokens.verify(token)).isNull();
    }

    /// Claims that are bent before they are signed with the right key.
    static Stream<Named<Consumer<JwtClaims>>> bent() {
        return Stream.of(
                Named.of("another audience", claims -> claims.setAudience("elsewhere")),
                Named.of("no audience", claims -> claims.unsetClaim("aud")),
                Named.of("another issuer", claims -> claims.setIssuer("elsewhere")),
                Named.of("no issuer", claims -> claims.unsetClaim("iss")),
                Named.of("no subject", claims -> claims.unsetClaim("sub")),
                Named.of("subject without id", claims -> claims.setSubject("ada")),
                Named.of("no expiry", claims -> claims.unsetClaim("exp")),
                Named.of(
                        "not yet",
                        claims -> claims.setClaim(
                                "nbf", Instant.parse("2026-01-31T12:01:00Z").getEpochSecond())),
                Named.of("no kind", claims -> claims.unsetClaim("kind")),
                Named.of("unknown kind", claims -> claims.setStringClaim("kind", "ROOT")),
                Named.of("no credential", claims -> claims.unsetClaim("sid")),
                Named.of("scopes that are none", claims -> claims.setClaim("scopes", 7)),
                Named.of("administrator by word", claims -> claims.setClaim("administrator", "true")));
    }

    @ParameterizedTest
    @MethodSource("bent")
    void refusesClaimsThatAreNotOurs(Consumer<JwtClaims> bend) {
        JwtClaims claims = signed.claims(ada);
        bend.accept(claims);

        assertThat(tokens.verify(signed.sign(claims))).isNull();
    }

    @Test
    void refusesAnExpiredToken() {
        String token = signed.of(ada);
        clock.advance(AccessTokens.LIFETIME);

        assertThat(tokens.verify(token)).isNull();
    }

    @Test
    void refusesASignatureOfAnotherKey() throws Exception {
        var other = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        JsonWebSignature forged = new JsonWebSignature();
        forged.setHeader("typ", "at+jwt");
        forged.setKeyIdHeaderValue(SignedTokens.KEY_ID);
        forged.setAlgorithmHeaderValue("RS256");
        forged.setPayload(signed.claims(ada).toJson());
        forged.setKey(other.getPrivate());

        assertThat(tokens.verify(forged.getCompactSerialization())).isNull();
    }

    @Test
    void refusesClaimsChangedAfterSigning() {
        String[] parts = signed.of(ada).split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = claims.replace(ADA.toString(), SESSION.toString());

        assertThat(tokens.verify(parts[0] + '.' + encode(changed) + '.' + parts[2]))
                .isNull();
    }

    @Test
    void refusesATokenWithoutSignature() {
        String claims = encode(signed.claims(ada).toJson());
        String header = encode("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"test\"}");

        assertThat(tokens.verify(header + '.' + claims + '.')).isNull();
        assertThat(tokens.verify(header + '.' + claims)).isNull();
    }

    /// The old trick: the public key taken for the secret of an HMAC.
    @Test
    void refusesThePublicKeyAsASecret() throws Exception {
        byte[] publicKey =
                Objects.requireNonNull(signed.key(SignedTokens.KEY_ID)).getEncoded();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(publicKey, "HmacSHA256"));
        String signedPart = encode("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"test\"}")
                + '.'
                + encode(signed.claims(ada).toJson());
        byte[] signature = mac.doFinal(signedPart.getBytes(StandardCharsets.UTF_8));

        assertThat(tokens.verify(signedPart
                        + '.'
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature)))
                .isNull();
    }

    @Test
    void refusesAnotherTypeOfToken() {
        assertThat(tokens.verify(signedUnder(Map.of("typ", "JWT", "kid", SignedTokens.KEY_ID))))
                .isNull();
        assertThat(tokens.verify(signedUnder(Map.of("kid", SignedTokens.KEY_ID))))
                .isNull();
    }

    @Test
    void refusesAKeyThatNobodyPublishes() {
        assertThat(tokens.verify(signedUnder(Map.of("typ", "at+jwt", "kid", "unknown"))))
                .isNull();
        assertThat(tokens.verify(signedUnder(Map.of("typ", "at+jwt")))).isNull();
    }

    @Test
    void refusesWhatIsNoTokenAtAll() {
        for (String text : new String[] {"", ".", "..", "a.b.c", "tarn_pat_1234", "\0", "x".repeat(100_000)}) {
            assertThat(tokens.verify(text)).isNull();
        }
    }

    private String signedUnder(Map<String, String> headers) {
        return signed.sign(signed.claims(ada), headers);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
