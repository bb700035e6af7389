package tarn.testing.sample;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Objects;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import tarn.testing.SignedTokens;

/// The sample stands in for identity too: it publishes the key that tests sign with.
@Path("/.well-known/jwks.json")
public final class JwksResource {

    private final Clock clock;

    JwksResource(Clock clock) {
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    public String keys() throws JoseException {
        PublicKey key = Objects.requireNonNull(new SignedTokens(clock).key(SignedTokens.KEY_ID));
        PublicJsonWebKey published = PublicJsonWebKey.Factory.newPublicJwk(key);
        published.setKeyId(SignedTokens.KEY_ID);
        return new JsonWebKeySet(published).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }
}
