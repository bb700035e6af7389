package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
final class OutboxTest {

    @Inject
    Team team;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    @Test
    void everyChangeOfWhatIsPublishedIsOneEvent() {
        String id = team.created(Map.of("projectId", team.project, "title", "Secret plan", "body", "Secret, @ben"));
        String path = "/api/posts/" + id;
        team.editor.api().patch(path, Map.of("body", "Secret again, @ben and @vera"));
        team.editor.api().patch(path, Map.of("body", "Secret again, @ben and @vera"));
        team.editor.api().put(path + "/publication");
        team.owner.api().delete(path);
        team.owner.api().delete(path);
        team.editor.api().put(path + "/restoration");
        team.editor.api().put(path + "/restoration");

        assertThat(events("type", id))
                .containsExactly("post.published", "post.edited", "post.removed", "post.restored");
        assertThat(events("payload #>> '{post,version}'", id)).containsExactly("1", "2", "3", "4");
        assertThat(events("aggregate_type || ' ' || actor", id))
                .containsExactly(
                        "post " + team.editor.id(),
                        "post " + team.editor.id(),
                        "post " + team.owner.id(),
                        "post " + team.editor.id());
        assertThat(events("payload #>> '{post,mentioned}'", id).getFirst()).isEqualTo("[\"" + team.other.id() + "\"]");
        assertThat(events("payload #>> '{mentionedAnew}'", id).get(1)).isEqualTo("[\"" + team.viewer.id() + "\"]");
        assertThat(events("payload #>> '{post,titleLength}'", id).getFirst()).isEqualTo("11");
        assertThat(String.join("", events("payload::text", id)))
                .doesNotContain("Secret")
                .doesNotContain("Ben");
    }

    @Test
    void aDraftIsNoEventUntilItIsPublished() {
        String draft = team.draft(Map.of("taskId", team.task));
        String path = "/api/posts/" + draft;
        team.editor.api().patch(path, Map.of("body", "@ben"));
        team.editor.api().delete(path);
        team.editor.api().put(path + "/restoration");

        assertThat(events("type", draft)).isEmpty();
        team.editor.api().put(path + "/publication");
        assertThat(events("type", draft)).containsExactly("post.published");
        assertThat(events("payload #>> '{post,task}'", draft)).containsExactly(team.task);
        assertThat(events("payload #>> '{post,mentioned,0}'", draft))
                .containsExactly(team.other.id().toString());
    }

    @Test
    void aRefusedChangeIsNoEvent() {
        String id = team.post("Words");
        String path = "/api/posts/" + id;

        team.viewer.api().patch(path, Map.of("body", "x"));
        team.other.api().delete(path);
        team.editor.api().ifMatch("\"9\"").patch(path, Map.of("body", "x"));
        team.editor.api().patch(path, Map.of("body", ""));

        assertThat(events("type", id)).containsExactly("post.published");
    }

    @Test
    void anEventIsWrittenInTheTransactionOfItsChange() {
        String id = team.post("Words");

        List<String> together = Rows.of(
                "select 1 from posts.outbox o join posts.post p on p.id = o.aggregate_id where p.id = ?"
                        + " and p.xmin::text::bigint = o.tx::text::bigint % 4294967296",
                id);

        assertThat(together).hasSize(1);
    }

    private static List<String> events(String what, String aggregate) {
        return Rows.of("select " + what + " from posts.outbox where aggregate_id = ? order by seq", aggregate);
    }
}
