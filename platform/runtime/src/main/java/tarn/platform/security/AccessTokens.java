package tarn.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.security.Key;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;
import tarn.platform.TimeZones;
import tarn.platform.problem.Refusal;

/// Verifies identity's access tokens, RS256 JWTs of five minutes (RFC 7519, RFC 9068), and caches
/// 5,000 until they expire because one verification costs some 7 µs.
@Singleton
public final class AccessTokens {

    /// Issuer of all access tokens.
    public static final String ISSUER = "tarn";

    /// Audience: every service of this installation.
    public static final String AUDIENCE = "tarn";

    /// Validity of an access token.
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /// The claim that names the time zone of the user's account (OpenID Connect Core, 5.1).
    public static final String TIME_ZONE = "zoneinfo";

    /// Cached tokens; each takes some 3 KB with its caller.
    static final int MAX_REMEMBERED = 5_000;

    private final KeySource keys;
    private final Clock clock;
    private final Cache<String, Caller> verified = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(LIFETIME)
            .build();

    AccessTokens(KeySource keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// The caller of a cached token that is still valid, else null; never blocks.
    public @Nullable Caller remembered(String token) {
        Caller known = verified.getIfPresent(token);
        return known != null && known.expiresAt().isAfter(clock.instant()) ? known : null;
    }

    /// The caller of a token; null when it is forged, expired or foreign. May fetch identity's
    /// keys.
    ///
    /// @throws Refusal.Unavailable when identity does not respond
    public @Nullable Caller verify(String token) {
        Caller known = remembered(token);
        if (known == null) {
            known = read(token);
            if (known != null) {
                verified.put(token, known);
            }
        }
        return known;
    }

    private @Nullable Caller read(String token) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "RS256")
                .setVerificationKeyResolver((signature, nested) -> resolve(signature))
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(AUDIENCE)
                .setExpectedType(true, "at+jwt")
                .setRequireExpirationTime()
                .setRequireSubject()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build();
        try {
            return caller(consumer.processToClaims(token));
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException refused) {
            if (refused.getCause() instanceof Refusal.Unavailable away) {
                throw away;
            }
            return null;
        }
    }

    private Key resolve(JsonWebSignature signature) throws UnresolvableKeyException {
        String id = signature.getKeyIdHeaderValue();
        PublicKey key = id == null ? null : keys.key(id);
        if (key == null) {
            throw new UnresolvableKeyException("no such key");
        }
        return key;
    }

    private static Caller caller(JwtClaims claims) throws MalformedClaimException {
        Caller.Kind kind = Caller.Kind.valueOf(text(claims, "kind"));
        boolean service = kind == Caller.Kind.SERVICE;
        String subject = claims.getSubject();
        List<String> scopes = claims.hasClaim("scopes") ? claims.getStringListClaimValue("scopes") : List.of();
        return new Caller(
                service ? new UUID(0, 0) : UUID.fromString(subject),
                kind,
                service ? new UUID(0, 0) : UUID.fromString(text(claims, "sid")),
                Set.copyOf(scopes),
                Boolean.TRUE.equals(claims.getClaimValue("administrator", Boolean.class)),
                service ? subject : "",
                Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()),
                TimeZones.namedOrUtc(claims.getStringClaimValue(TIME_ZONE)));
    }

    private static String text(JwtClaims claims, String name) throws MalformedClaimException {
        String text = claims.getStringClaimValue(name);
        if (text == null) {
            throw new MalformedClaimException(name + " is missing");
        }
        return text;
    }
}
