package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.EventStream;

/// Live streams through the gateway.
class LiveTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Tarn.SignedInUser ada = Tarn.someone("Ada");
    private final Tarn.SignedInUser grace = Tarn.someone("Grace");
    private final String project = Scene.made(ada, "/api/projects", Map.of("name", "Garden"));

    private static EventStream open(Api api) {
        EventStream live = api.stream("/api/live");
        assertThat(live.status()).isEqualTo(200);
        assertThat(live.next(SOON).name()).isEqualTo("ready");
        return live;
    }

    private String task() {
        return Scene.made(ada, "/api/tasks", Map.of("projectId", project, "title", "Rake"));
    }

    @Test
    void whatOneDoesTheOtherSeesAtOnce() {
        Tarn.join(ada, project, grace, "viewer");
        task();
        try (EventStream live = open(grace.api())) {
            String task = task();
            EventStream.SentEvent created = live.await(SOON, event -> event.is("task.created"));
            assertThat(created.data().path("id").asText()).isEqualTo(task);
            assertThat(created.data().path("by").asText()).isEqualTo(ada.id().toString());

            ada.api().put("/api/tasks/" + task + "/completion");
            live.await(SOON, event -> event.is("task.completed"));

            String post = Scene.made(ada, "/api/posts", Map.of("projectId", project, "body", "Done."));
            EventStream.SentEvent published = live.await(SOON, event -> event.is("post.published"));
            assertThat(published.data().path("id").asText()).isEqualTo(post);
        }
    }

    @Test
    void whoIsTakenOutSeesNothingFurther() {
        Tarn.join(ada, project, grace, "viewer");
        String own = Scene.made(grace, "/api/projects", Map.of("name", "Hut"));
        try (EventStream live = open(grace.api())) {
            ada.api().delete("/api/projects/" + project + "/members/" + grace.id());
            live.await(SOON, event -> event.name().equals("access"));

            task();
            Scene.made(grace, "/api/tasks", Map.of("projectId", own, "title", "Roof"));

            EventStream.SentEvent next = live.next(SOON);
            assertThat(next.data().path("project").asText()).isEqualTo(own);
        }
    }

    @Test
    void catchesUpWithWhatWasMissed() {
        String position;
        try (EventStream live = open(ada.api())) {
            task();
            position = live.await(SOON, event -> event.is("task.created")).id();
        }
        String missed = task();

        try (EventStream live = ada.api().header("Last-Event-ID", position).stream("/api/live")) {
            assertThat(live.next(SOON).name()).isEqualTo("ready");
            assertThat(live.next(SOON).data().path("id").asText()).isEqualTo(missed);
        }
        assertThat(ada.api()
                        .header("Last-Event-ID", "1-1-zzzzzzzzzz-1")
                        .get("/api/live")
                        .code())
                .isEqualTo("bad-position");
    }

    @Test
    void endsWithItsSession() {
        Api.Answer signedIn =
                Tarn.anonymous().post("/api/sessions", Map.of("email", ada.email(), "password", Tarn.PASSWORD));
        HttpCookie cookie = signedIn.cookie("tarn_session").orElseThrow();
        Api browser = Tarn.anonymous()
                .cookie(cookie.getName(), cookie.getValue())
                .header("Origin", Tarn.program().url().toString().replaceAll("/$", ""));
        try (EventStream live = open(browser);
                EventStream other = open(ada.api())) {
            assertThat(browser.delete("/api/sessions/current").status()).isEqualTo(204);

            live.awaitEnd(SOON);
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void endsWithItsToken() {
        Api.Answer made = ada.api().post("/api/tokens", Map.of("name", "cli", "scopes", List.of("tasks:read")));
        try (EventStream live = open(Tarn.anonymous().bearer(made.at("/secret")))) {
            assertThat(ada.api().delete("/api/tokens/" + made.at("/id")).status())
                    .isEqualTo(204);

            live.awaitEnd(SOON);
        }
    }

    @Test
    void tellsWhoElseLooksAtAProject() {
        Tarn.join(ada, project, grace, "viewer");
        String path = "/api/live?lookingAt=" + project;
        try (EventStream first = ada.api().stream(path);
                EventStream second = grace.api().stream(path)) {
            EventStream.SentEvent both = second.await(
                    Duration.ofSeconds(20),
                    event -> event.name().equals("presence")
                            && event.data().path("users").size() == 2);

            assertThat(first.isOpen()).isTrue();
            assertThat(both.data().path("users").toString())
                    .contains(ada.id().toString(), grace.id().toString());
        }
    }
}
