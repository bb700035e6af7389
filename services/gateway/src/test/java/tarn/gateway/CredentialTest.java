package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CredentialTest {

    private static Credential of(String cookies) {
        return Credential.of(null, List.of(cookies), "tarn_session");
    }

    @Test
    void theSessionCookieIsFoundAmongOthers() {
        assertThat(of("a=1; tarn_session=s3cret; b=2"))
                .isEqualTo(new Credential.Secret(Credential.Secret.Kind.COOKIE, "s3cret"));
        assertThat(Credential.of(null, List.of("a=1", "tarn_session=s3cret"), "tarn_session"))
                .isEqualTo(of("tarn_session=s3cret"));
    }

    @Test
    void aCookieWithASimilarNameIsNone() {
        assertThat(of("xtarn_session=1; tarn_sessions=2; tarn_session")).isEqualTo(new Credential.None());
    }

    @Test
    void theHeaderGoesBeforeTheCookie() {
        Credential credential = Credential.of("bearer a.b.c", List.of("tarn_session=s3cret"), "tarn_session");

        assertThat(credential).isEqualTo(new Credential.Token("a.b.c"));
        assertThat(credential.ambient()).isFalse();
    }

    @Test
    void anotherSchemeIsForeign() {
        assertThat(Credential.of("Digest x", List.of(), "tarn_session")).isEqualTo(new Credential.Foreign());
    }

    @Test
    void neverPrintsASecret() {
        assertThat(of("tarn_session=s3cret").toString()).doesNotContain("s3cret");
        assertThat(Credential.of("Bearer s3cret", List.of(), "c").toString()).doesNotContain("s3cret");
        assertThat(Credential.of("Basic s3cret", List.of(), "c").toString()).doesNotContain("s3cret");
    }
}
