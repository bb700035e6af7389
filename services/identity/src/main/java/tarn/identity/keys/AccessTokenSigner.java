package tarn.identity.keys;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import tarn.platform.security.AccessTokens;
import tarn.platform.security.Caller;

/// Signs access tokens as JWTs, which [AccessTokens] verifies.
@Singleton
public final class AccessTokenSigner {

    private final SigningKeys keys;
    private final Clock clock;

    AccessTokenSigner(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// A token with the caller's claims, valid until [Caller#expiresAt].
    public String sign(Caller caller) {
        SigningKey key = keys.signer();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", "at+jwt");
        signature.setKeyIdHeaderValue(key.id());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setPayload(claims(caller).toJson());
        signature.setKey(key.privateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private JwtClaims claims(Caller caller) {
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
}
