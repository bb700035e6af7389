package tarn.testing;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import tarn.platform.security.AccessTokens;
import tarn.platform.security.Caller;
import tarn.platform.security.KeySource;

/// Access tokens like identity's, for whomever a test wants to be, and the key that proves them.
///
/// With it a service is tested without identity: `src/test/resources/application.properties` says
/// `quarkus.arc.selected-alternatives=tarn.testing.SignedTokens`, so that it becomes the service's
/// [KeySource] in place of identity's published keys, and a test injects it to sign. (This module
/// has a Jandex index, so the bean is found; being an alternative without a priority it does nothing
/// where it is not selected. Several alternatives are separated by commas.)
///
/// ```java
/// @Inject SignedTokens tokens;
///
/// Api ada = Api.here().bearer(tokens.session(ADA));
/// ```
@Singleton
@Alternative
public final class SignedTokens implements KeySource {

    /// The name of the one key.
    public static final String KEY_ID = "test";

    private static final KeyPair KEYS = generate();

    private final Clock clock;

    /// @param clock when tokens are issued; they end [AccessTokens#LIFETIME] later
    public SignedTokens(Clock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable PublicKey key(String keyId) {
        return KEY_ID.equals(keyId) ? KEYS.getPublic() : null;
    }

    /// The key as identity publishes its own: a JWKS document (RFC 7517).
    public String published() {
        RsaJsonWebKey key = new RsaJsonWebKey((RSAPublicKey) KEYS.getPublic());
        key.setKeyId(KEY_ID);
        return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /// The token of a user who has signed in.
    public String session(UUID user) {
        return user(user, Caller.Kind.SESSION, Set.of(), false);
    }

    /// The token of a user who has signed in, whose account is in this time zone.
    public String session(UUID user, ZoneId timeZone) {
        return of(new Caller(user, Caller.Kind.SESSION, UUID.randomUUID(), Set.of(), false, "", end(), timeZone));
    }

    /// The token of a signed-in user who administers this Tarn.
    public String administrator(UUID user) {
        return user(user, Caller.Kind.SESSION, Set.of(), true);
    }

    /// The token of a program that has a personal access token with these scopes.
    public String program(UUID user, String... scopes) {
        return user(user, Caller.Kind.TOKEN, Set.of(scopes), false);
    }

    /// The token of one of Tarn's own services.
    public String service(String name) {
        return of(new Caller(new UUID(0, 0), Caller.Kind.SERVICE, new UUID(0, 0), Set.of(), false, name, end()));
    }

    /// The token that says exactly this.
    public String of(Caller caller) {
        return sign(claims(caller));
    }

    /// The claims that identity would sign for a caller, to be bent by a test before it signs them.
    public JwtClaims claims(Caller caller) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(AccessTokens.ISSUER);
        claims.setAudience(AccessTokens.AUDIENCE);
        claims.setStringClaim("kind", caller.kind().name());
        claims.setStringListClaim("scopes", List.copyOf(caller.scopes()));
        claims.setClaim("administrator", caller.administrator());
        claims.setIssuedAt(NumericDate.fromMilliseconds(clock.millis()));
        claims.setExpirationTime(NumericDate.fromMilliseconds(caller.expiresAt().toEpochMilli()));
        if (caller.kind() == Caller.Kind.SERVICE) {
            claims.setSubject(caller.name());
        } else {
            claims.setSubject(caller.id().toString());
            claims.setStringClaim("sid", caller.credential().toString());
            claims.setStringClaim(AccessTokens.TIME_ZONE, caller.timeZone().getId());
        }
        return claims;
    }

    /// Signs any claims with the key that services believe.
    public String sign(JwtClaims claims) {
        return sign(claims, Map.of("typ", "at+jwt", "kid", KEY_ID));
    }

    /// Signs any claims under any headers, to show that a good signature is not enough.
    public String sign(JwtClaims claims, Map<String, String> headers) {
        JsonWebSignature signature = new JsonWebSignature();
        headers.forEach(signature::setHeader);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setPayload(claims.toJson());
        signature.setKey(KEYS.getPrivate());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String user(UUID user, Caller.Kind kind, Set<String> scopes, boolean administrator) {
        return of(new Caller(user, kind, UUID.randomUUID(), scopes, administrator, "", end()));
    }

    private Instant end() {
        return clock.instant().plus(AccessTokens.LIFETIME);
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
