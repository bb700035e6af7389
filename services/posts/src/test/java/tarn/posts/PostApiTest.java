package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tarn.testing.Api;
import tarn.testing.TestUser;

@QuarkusTest
final class PostApiTest {

    private static final String POSTS = "/api/posts";

    @Inject
    Team team;

    @BeforeEach
    void everybodyAnswers() {
        team.everybodyAnswers();
    }

    @Test
    void aPostIsWrittenReadAndShown() {
        Api.Answer written = team.editor
                .api()
                .post(POSTS, Map.of("projectId", team.project, "title", " Plan ", "body", "We *begin* on Monday."));

        assertThat(written.status()).as(written.toString()).isEqualTo(201);
        assertThat(written.header("Location")).endsWith(POSTS + "/" + written.at("/id"));
        Api.Answer read = team.viewer.api().get(POSTS + "/" + written.at("/id"));
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(written.body());
        assertThat(read.etag()).isEqualTo(written.etag());
        assertThat(read.at("/projectId")).isEqualTo(team.project);
        assertThat(read.at("/authorId")).isEqualTo(team.editor.id().toString());
        assertThat(read.at("/title")).isEqualTo("Plan");
        assertThat(read.at("/html").strip()).isEqualTo("<p dir=\"auto\">We <em>begin</em> on Monday.</p>");
        assertThat(read.at("/state")).isEqualTo("published");
        assertThat(read.at("/publishedAt")).isEqualTo(read.at("/createdAt")).isNotEmpty();
        for (String field : List.of("taskId", "parentId", "editedAt", "deletedAt")) {
            assertThat(read.json().get(field).isNull()).as(field).isTrue();
        }
        assertThat(read.json().path("version").asInt()).isEqualTo(1);
        assertThat(read.json().path("replies").asInt()).isZero();
    }

    @Test
    void aCommentIsOnItsTaskAndItsProject() {
        JsonNode comment = team.read(team.comment("Rake it"));

        assertThat(comment.path("taskId").asText()).isEqualTo(team.task);
        assertThat(comment.path("projectId").asText()).isEqualTo(team.project);
        assertThat(comment.get("title").isNull()).isTrue();
    }

    @Test
    void aReplyIsWhereItsParentIsAndOneLevelDeep() {
        String comment = team.comment("Rake it");
        String reply = team.reply(comment, "Done");

        Api.Answer deeper = team.editor.api().post(POSTS, Map.of("parentId", reply, "body", "Thanks"));

        JsonNode read = team.read(reply);
        assertThat(read.path("parentId").asText()).isEqualTo(comment);
        assertThat(read.path("taskId").asText()).isEqualTo(team.task);
        assertThat(read.path("projectId").asText()).isEqualTo(team.project);
        assertThat(team.read(comment).path("replies").asInt()).isEqualTo(1);
        assertThat(deeper.status() + deeper.code() + deeper.at("/errors/0/pointer"))
                .isEqualTo("422too-deep/parentId");
    }

    @Test
    void aReplyDoesNotEndUpBelowWhatIsInTheTrash() {
        String comment = team.comment("Rake it");
        Api owner = team.owner.api();
        team.clock.advance(ShortLivedCache.DURATION);
        Neighbours.meanwhile = () -> owner.delete(POSTS + "/" + comment);

        Api.Answer late = team.other.api().post(POSTS, Map.of("parentId", comment, "body", "Done"));

        assertThat(late.code()).isEqualTo("not-found");
        owner.put(POSTS + "/" + comment + "/restoration");
        assertThat(team.read(comment).path("replies").asInt()).isZero();
    }

    @Test
    void onlyPostsOnAProjectHaveATitle() {
        String post = team.post("Words");

        for (Map<String, Object> place :
                List.<Map<String, Object>>of(Map.of("taskId", team.task), Map.of("parentId", post))) {
            Map<String, Object> draft = new HashMap<>(place);
            draft.putAll(Map.of("body", "Words", "title", "Title"));
            Api.Answer refused = team.editor.api().post(POSTS, draft);
            assertThat(refused.status() + refused.code() + refused.at("/errors/0/pointer"))
                    .isEqualTo("422no-title/title");
        }
        Api.Answer changed = team.editor.api().patch(POSTS + "/" + team.comment("x"), Map.of("title", "Title"));
        assertThat(changed.code()).isEqualTo("no-title");
    }

    @Test
    void aPostIsInExactlyOnePlace() {
        String post = team.post("Words");

        for (Map<String, String> places : List.of(
                Map.<String, String>of(),
                Map.of("projectId", team.project, "taskId", team.task),
                Map.of("projectId", team.project, "parentId", post),
                Map.of("taskId", team.task, "parentId", post, "projectId", team.project))) {
            Map<String, String> draft = new HashMap<>(places);
            draft.put("body", "Words");
            Api.Answer refused = team.editor.api().post(POSTS, draft);
            assertThat(refused.status() + refused.code()).as(places.toString()).isEqualTo("422exactly-one");
        }
    }

    @Test
    void aChangeIsAMergePatchOfItsWords() {
        String post = team.created(Map.of("projectId", team.project, "title", "Plan", "body", "Words"));
        String path = POSTS + "/" + post;

        Api.Answer body = team.editor.api().patch(path, Map.of("body", "Others"));
        Api.Answer same = team.editor.api().patch(path, Map.of("body", "Others"));
        Api.Answer title = team.editor.api().patch(path, "{\"title\": null}");
        Api.Answer place = team.editor.api().patch(path, Map.of("projectId", team.project));

        assertThat(body.at("/title") + body.at("/body")).isEqualTo("PlanOthers");
        assertThat(same.etag()).isEqualTo(body.etag());
        assertThat(title.json().get("title").isNull()).isTrue();
        assertThat(title.at("/html").strip()).isEqualTo("<p dir=\"auto\">Others</p>");
        assertThat(title.json().path("version").asInt()).isEqualTo(3);
        assertThat(place.status()).isEqualTo(400);
    }

    @Test
    void whatWasPublishedIsMarkedAsEditedAndItsFormerWordsAreKept() {
        String post = team.post("First **words**");
        String path = POSTS + "/" + post;
        String written = team.read(post).path("publishedAt").asText();

        team.clock.advance(Duration.ofMinutes(1));
        Api.Answer edited = team.editor.api().patch(path, Map.of("body", "Second", "title", "Late"));
        team.clock.advance(Duration.ofMinutes(1));
        team.editor.api().patch(path, Map.of("body", "Third"));

        assertThat(edited.at("/editedAt")).isEqualTo(edited.at("/updatedAt")).isGreaterThan(written);
        Api.Answer versions = team.viewer.api().get(path + "/versions");
        assertThat(Team.texts(versions, "body")).containsExactly("Second", "First **words**");
        assertThat(Team.texts(versions, "version")).containsExactly("2", "1");
        assertThat(Team.texts(versions, "title")).containsExactly("Late", "null");
        assertThat(Team.texts(versions, "writtenAt")).containsExactly(edited.at("/editedAt"), written);
        assertThat(versions.at("/items/1/html").strip()).isEqualTo("<p dir=\"auto\">First <strong>words</strong></p>");
        Api.Answer page = team.viewer.api().get(path + "/versions?limit=1");
        Api.Answer next = team.viewer.api().get(path + "/versions?limit=1&cursor=" + page.at("/nextCursor"));
        assertThat(Team.texts(page, "version")).containsExactly("2");
        assertThat(Team.texts(next, "version")).containsExactly("1");
        assertThat(next.json().get("nextCursor").isNull()).isTrue();
    }

    @Test
    void aDraftIsItsAuthorsUntilItIsPublished() {
        String draft = team.draft(Map.of("taskId", team.task, "body", "Hm"));
        String path = POSTS + "/" + draft;
        for (TestUser user : List.of(team.owner, team.other, team.viewer)) {
            assertThat(user.api().get(path).code()).isEqualTo("not-found");
            assertThat(user.api().patch(path, Map.of("body", "x")).code()).isEqualTo("not-found");
            assertThat(user.api().put(path + "/publication").code()).isEqualTo("not-found");
            assertThat(user.api().delete(path).code()).isEqualTo("not-found");
            assertThat(user.api().get(path + "/versions").code()).isEqualTo("not-found");
        }

        team.clock.advance(Duration.ofMinutes(1));
        Api.Answer changed = team.editor.api().patch(path, Map.of("body", "Hm, hm"));
        team.clock.advance(Duration.ofMinutes(1));
        Api.Answer published = team.editor.api().put(path + "/publication");
        Api.Answer again = team.editor.api().put(path + "/publication");

        assertThat(changed.at("/state")).isEqualTo("draft");
        assertThat(changed.json().get("editedAt").isNull()).isTrue();
        assertThat(published.at("/state")).isEqualTo("published");
        assertThat(published.json().get("editedAt").isNull()).isTrue();
        assertThat(published.at("/publishedAt")).isGreaterThan(changed.at("/updatedAt"));
        assertThat(again.body()).isEqualTo(published.body());
        assertThat(team.read(draft).path("body").asText()).isEqualTo("Hm, hm");
        assertThat(Team.texts(team.viewer.api().get(path + "/versions"), "body"))
                .isEmpty();
    }

    @Test
    void aDraftTakesNoRepliesAndADraftOfAReplyCountsForNothing() {
        String draft = team.draft(Map.of("taskId", team.task));
        String comment = team.comment("Rake it");
        String reply = team.draft(Map.of("parentId", comment));

        Api.Answer own = team.editor.api().post(POSTS, Map.of("parentId", draft, "body", "x"));
        Api.Answer others = team.other.api().post(POSTS, Map.of("parentId", draft, "body", "x"));

        assertThat(own.status() + own.code()).isEqualTo("422not-published");
        assertThat(others.code()).isEqualTo("not-found");
        assertThat(team.read(comment).path("replies").asInt()).isZero();
        team.editor.api().put(POSTS + "/" + reply + "/publication");
        assertThat(team.read(comment).path("replies").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsRemovedTakesItsRepliesAlongAndBringsThemBack() {
        String comment = team.comment("Rake it");
        String reply = team.reply(comment, "Done");
        String path = POSTS + "/" + comment;

        Api.Answer removed = team.editor.api().delete(path);
        Api.Answer again = team.editor.api().delete(path);

        assertThat(removed.status()).isEqualTo(204);
        assertThat(again.status()).isEqualTo(204);
        assertThat(team.editor.api().get(path).json().path("deletedAt").isNull())
                .isFalse();
        assertThat(team.editor.api().patch(path, Map.of("body", "x")).code()).isEqualTo("in-trash");
        assertThat(team.other.api().get(path).code()).isEqualTo("not-found");
        assertThat(team.other.api().patch(path, Map.of("body", "x")).code()).isEqualTo("not-found");
        assertThat(team.other.api().get(POSTS + "/" + reply).status()).isEqualTo(404);
        assertThat(team.other.api().delete(POSTS + "/" + reply).status()).isEqualTo(404);
        assertThat(team.viewer.api().get(POSTS + "?parent=" + comment).status()).isEqualTo(404);
        assertThat(team.bodies(team.viewer, "task=" + team.task)).isEmpty();
        assertThat(team.other
                        .api()
                        .post(POSTS, Map.of("parentId", comment, "body", "x"))
                        .status())
                .isEqualTo(404);

        Api.Answer restored = team.editor.api().put(path + "/restoration");

        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(restored.json().path("replies").asInt()).isEqualTo(1);
        assertThat(team.editor.api().put(path + "/restoration").body()).isEqualTo(restored.body());
        assertThat(team.bodies(team.viewer, "parent=" + comment)).containsExactly("Done");
        assertThat(team.read(reply).path("body").asText()).isEqualTo("Done");
    }

    @Test
    void nobodyOverwritesWhatTheyHaveNotRead() {
        String post = team.post("Words");
        String path = POSTS + "/" + post;
        Api.Answer read = team.editor.api().get(path);
        team.editor.api().patch(path, Map.of("body", "Others"));
        Api stale = team.editor.api().ifMatch(read.etag());

        assertThat(stale.patch(path, Map.of("body", "x")).status()).isEqualTo(412);
        assertThat(stale.delete(path).code()).isEqualTo("version-mismatch");
        assertThat(stale.put(path + "/publication").status()).isEqualTo(412);
        assertThat(team.read(post).path("body").asText()).isEqualTo("Others");
        Api fresh = team.editor.api().ifMatch(team.editor.api().get(path).etag());
        assertThat(fresh.patch(path, Map.of("body", "x")).status()).isEqualTo(200);
    }

    @Test
    void whoHasItIsSparedItUntilItOrItsRepliesChange() {
        String post = team.post("Words");
        String path = POSTS + "/" + post;
        String tag = team.viewer.api().get(path).etag();

        assertThat(team.viewer.api().ifNoneMatch(tag).get(path).status()).isEqualTo(304);
        team.reply(post, "Yes");
        assertThat(team.viewer.api().ifNoneMatch(tag).get(path).status()).isEqualTo(200);
    }

    @Test
    void whatIsSentAgainIsWrittenOnce() {
        Api again = team.editor.api().idempotencyKey("key-1");
        Map<String, String> draft = Map.of("taskId", team.task, "body", "Once");

        Api.Answer first = again.post(POSTS, draft);
        // What is kept needs nobody else.
        Neighbours.SILENT.add("tasks");
        team.clock.advance(ShortLivedCache.DURATION);
        Api.Answer second = again.post(POSTS, draft);
        team.everybodyAnswers();
        Api.Answer other = again.post(POSTS, Map.of("taskId", team.task, "body", "Twice"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
        assertThat(team.bodies(team.viewer, "task=" + team.task)).containsExactly("Once");
    }

    @Test
    void membersAreMentioned() {
        Api.Answer written = team.editor
                .api()
                .post(POSTS, Map.of("taskId", team.task, "body", "@ben-byron, @vera and @sam-strange: look"));

        assertThat(written.json().path("mentions").findValuesAsText("name")).containsExactly("Ben Byron", "Vera View");
        assertThat(written.json().path("mentions").findValuesAsText("userId"))
                .containsExactly(team.other.id().toString(), team.viewer.id().toString());
        assertThat(written.at("/html").replace("&#64;", "@"))
                .contains("<span class=\"mention\" data-user=\"" + team.other.id() + "\">@Ben Byron</span>")
                .contains("@sam-strange");
        String path = POSTS + "/" + written.at("/id");
        Api.Answer changed = team.editor.api().patch(path, Map.of("body", "@vera-view only"));
        assertThat(changed.json().path("mentions").findValuesAsText("name")).containsExactly("Vera View");
        assertThat(team.viewer.api().get(path + "/versions").at("/items/0/html"))
                .contains("Ben Byron");
    }

    @Test
    void withoutIdentityUsersReadAndWriteAndNobodyNewIsMentioned() {
        String before =
                Team.created(team.editor.api().post(POSTS, Map.of("taskId", team.task, "body", "@ben and @vera")));
        Neighbours.SILENT.add("identity");
        team.invalidate();

        Api.Answer written = team.editor.api().post(POSTS, Map.of("taskId", team.task, "body", "@ben?"));
        Api.Answer changed = team.editor.api().patch(POSTS + "/" + before, Map.of("body", "@ben and @vera and @olga"));

        assertThat(written.status()).isEqualTo(201);
        assertThat(written.json().path("mentions")).isEmpty();
        assertThat(changed.json().path("mentions").findValuesAsText("name")).containsExactly("Ben Byron", "Vera View");
        assertThat(team.read(before).path("html").asText()).contains("Ben Byron");
    }

    @Test
    void whatMarkdownBecomesCanBeSeenBefore() {
        String path = POSTS + "/renderings";

        Api.Answer rendered =
                team.viewer.api().post(path, Map.of("projectId", team.project, "body", "**@ada** <script>"));
        Api.Answer alone = team.stranger.api().post(path, Map.of("body", "@ada"));
        Api.Answer empty = team.viewer.api().post(path, Map.of("body", ""));

        assertThat(rendered.status()).as(rendered.toString()).isEqualTo(200);
        assertThat(rendered.at("/mentions/0/name")).isEqualTo("Ada Lovelace");
        assertThat(rendered.at("/html")).contains("<strong>").contains("&lt;script&gt;");
        assertThat(alone.json().path("mentions")).isEmpty();
        assertThat(empty.at("/html")).isEmpty();
        assertThat(team.stranger
                        .api()
                        .post(path, Map.of("projectId", team.project, "body", "@ada"))
                        .status())
                .isEqualTo(404);
        assertThat(team.bodies(team.viewer, "project=" + team.project)).isEmpty();
    }

    @Test
    void whatWasMadeByOtherRulesIsMadeAnew() {
        String post =
                Team.created(team.editor.api().post(POSTS, Map.of("projectId", team.project, "body", "@ben *there*")));
        String path = POSTS + "/" + post;
        String html = team.editor.api().get(path).at("/html");
        team.editor.api().patch(path, Map.of("body", "@ben *here*"));

        Rows.change("update posts.post set html = '<script>', rules = 0 where id = ?", post);
        Rows.change("update posts.post_version set html = '<script>', rules = 0 where post_id = ?", post);

        assertThat(team.read(post).path("html").asText()).isEqualTo(html.replace("there", "here"));
        assertThat(team.viewer.api().get(path + "/versions").at("/items/0/html"))
                .isEqualTo(html);
    }
}
