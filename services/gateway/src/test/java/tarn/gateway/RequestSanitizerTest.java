package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestSanitizerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "http://elsewhere/api/tasks",
                "/..",
                "/a/../b",
                "/a/./b",
                "/a/..?x",
                "//a",
                "/a//b",
                "/%2e%2e/b",
                "/a%2Fb",
                "/a%5cb",
                "/a\\b",
                "/a%00",
                "/a%0d%0ab",
                "/a%7f",
                "/a;b=c",
                "/a%3Bb",
                "/a#b",
                "/a?b#c",
                "/a%",
                "/a%2",
                "/ä"
            })
    void aPathThatCanBeReadInTwoWaysIsRefused(String uri) {
        assertThat(RequestSanitizer.wellFormed(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a/",
                "/a?x=/../b;c&d=%00",
                "/.well-known/jwks.json",
                "/a/..b/...",
                "/a%20b%C3%A4",
                "/api/tasks?text=%2F"
            })
    void anOrdinaryPathIsTaken(String uri) {
        assertThat(RequestSanitizer.wellFormed(uri)).isTrue();
    }
}
