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

/// Signs access tokens like identity's for any caller, so that a service is tested without
/// identity.
///
/// A test selects it as the service's [KeySource] with
/// `quarkus.arc.selected-alternatives=tarn.testing.SignedTokens` in
/// `src/test/resources/application.properties`, then injects it:
///
/// ```java
/// @Inject SignedTokens tokens;
///
/// Api ada = Api.here().bearer(tokens.session(ADA));
/// ```
@Singleton
@Alternative
public final class SignedTokens implements KeySource {

    /// The id of the only key.
    public static final String KEY_ID = "test";

    private static final KeyPair KEYS = generate();

    private final Clock clock;

    /// @param clock for the time of issue; tokens expire [AccessTokens#LIFETIME] later
    public SignedTokens(Clock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable PublicKey key(String keyId) {
        return KEY_ID.equals(keyId) ? KEYS.getPublic() : null;
    }

    /// The public key as a JWKS document (RFC 7517).
    public String published() {
        RsaJsonWebKey key = new RsaJsonWebKey((RSAPublicKey) KEYS.getPublic());
        key.setKeyId(KEY_ID);
        return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /// The token of a signed-in user.
    public String session(UUID user) {
        return user(user, Caller.Kind.SESSION, Set.of(), false);
    }

    /// The token of a signed-in user whose account has this time zone.
    public String session(UUID user, ZoneId timeZone) {
        return of(new Caller(user, Caller.Kind.SESSION, UUID.randomUUID(), Set.of(), false, "", end(), timeZone));
    }

    /// The token of a signed-in administrator.
    public String administrator(UUID user) {
        return user(user, Caller.Kind.SESSION, Set.of(), true);
    }

    /// The token of a program with a personal access token of these scopes.
    public String program(UUID user, String... scopes) {
        return user(user, Caller.Kind.TOKEN, Set.of(scopes), false);
    }

    /// The token of a service.
    public String service(String name) {
        return of(new Caller(new UUID(0, 0), Caller.Kind.SERVICE, new UUID(0, 0), Set.of(), false, name, end()));
    }

    /// A token with exactly these claims.
    public String of(Caller caller) {
        return sign(claims(caller));
    }

    /// The claims that identity would sign for a caller, for a test to alter.
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

    /// Signs any claims with the trusted key.
    public String sign(JwtClaims claims) {
        return sign(claims, Map.of("typ", "at+jwt", "kid", KEY_ID));
    }

    /// Signs any claims under any headers, to show that a valid signature is not enough.
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
