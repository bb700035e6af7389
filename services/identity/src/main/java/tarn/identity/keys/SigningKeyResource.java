package tarn.identity.keys;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;

/// Publishes the public signing keys as a JWKS document (RFC 7517).
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sessions")
public final class SigningKeyResource {

    private final SigningKeys keys;

    SigningKeyResource(SigningKeys keys) {
        this.keys = keys;
    }

    /// All keys that may have signed a valid access token.
    @GET
    @PermitAll
    @Operation(operationId = "readKeys", summary = "The keys that access tokens are signed with")
    @APIResponse(
            responseCode = "200",
            description = "A JSON Web Key Set",
            content = @Content(schema = @Schema(implementation = KeySet.class)))
    public Response keys() {
        List<Map<String, Object>> published =
                keys.published().stream().map(SigningKeyResource::view).toList();
        // Shorter than the shortest notice with which a new key begins to sign.
        return Response.ok(new KeySet(published))
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
                .build();
    }

    private static Map<String, Object> view(SigningKey key) {
        RsaJsonWebKey view = new RsaJsonWebKey(key.publicKey());
        view.setKeyId(key.id());
        view.setUse("sig");
        view.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        return view.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /// A JSON Web Key Set.
    @Schema(name = "KeySet")
    public record KeySet(List<Map<String, Object>> keys) {}
}
