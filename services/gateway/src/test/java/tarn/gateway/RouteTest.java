package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteTest {

    @ParameterizedTest
    @CsvSource({
        "/api/users, SERVICE, identity",
        "/api/sessions/current, SERVICE, identity",
        "/api/tokens, SERVICE, identity",
        "/api/registration, SERVICE, identity",
        "/.well-known/jwks.json, SERVICE, identity",
        "/api/projects, SERVICE, tasks",
        "/api/tasks/, SERVICE, tasks",
        "/api/imports, SERVICE, tasks",
        "/api/posts/threads, SERVICE, posts",
        "/api/taskses, NOTHING, ''",
        "/api, NOTHING, ''",
        "/internal, INTERNAL, ''",
        "/internal/identity/revocations, INTERNAL, ''",
        "/internals, FILES, ''",
        "/health/ready, HEALTH, ''",
        "/health/other, FILES, ''",
        "/q/metrics, FILES, ''",
        "/, FILES, ''",
    })
    void leadsTo(String path, Route.Target target, String service) {
        Route route = Route.to(path);

        assertThat(route.target()).isEqualTo(target);
        assertThat(route.service()).isEqualTo(service);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/tasks, /api/tasks",
        "/api/tasks/, /api/tasks/",
        "/api/tasks/0190b4c6-0000-7000-8000-00000000000a/completion, /api/tasks/{id}/completion",
        "/api/projects/0190B4C6-0000-7000-8000-00000000000A/members/x, /api/projects/{id}/members/{other}",
        "/api/tasks/0190b4c6-0000-7000-8000_00000000000a, /api/tasks/{other}",
        "/api/posts/0190b4c6-0000-7000-8000-00000000000a/versions, /api/posts/{id}/versions",
        "/api/posts/renderings, /api/posts/renderings",
        "/api/tokens/tarn_pat_secret, /api/tokens/{other}",
        "/api/users/ada@example.org, /api/users/{other}",
        "/api/secret/path, /api/{other}",
        "/internal/anything, /internal",
        "/secret, /{other}",
        "/assets/app-1.js, /assets/{file}",
        "/docs/errors, /docs",
        "/docs/graphql, /docs",
        "/openapi.yaml, /openapi.yaml",
    })
    void isCalledByWordsOfTheContractOnly(String path, String template) {
        assertThat(Route.to(path).template()).isEqualTo(template);
    }

    @Test
    void hasAShortNameHoweverLongThePath() {
        assertThat(Route.to("/api/tasks" + "/x".repeat(1_000)).template()).hasSizeLessThan(220);
    }
}
