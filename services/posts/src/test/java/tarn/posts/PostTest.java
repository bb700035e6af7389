package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarn.platform.problem.Refusal;

final class PostTest {

    private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-17T09:00:00Z");
    private static final UUID ADA = new UUID(1, 1);
    private static final Post.PostLocation ON_PROJECT = new Post.PostLocation(new UUID(2, 2), null, null);
    private static final Mention BEN = new Mention(new UUID(1, 2), "Ben");
    private static final Mention CLEO = new Mention(new UUID(1, 3), "Cleo");

    private static Post draft() {
        return draft(ON_PROJECT, null);
    }

    private static Post draft(Post.PostLocation place, @Nullable String title) {
        return Post.create(
                new Post.Id(new UUID(3, 3)),
                place,
                ADA,
                new Post.Content(title, "Words"),
                rendered(BEN),
                Post.State.DRAFT,
                MONDAY);
    }

    private static RenderedMarkdown rendered(Mention... mentions) {
        return new RenderedMarkdown("<p>Words</p>", List.of(mentions));
    }

    private static Post with(Post post, String body, Mention... mentions) {
        return post.with(new Post.Content(null, body), rendered(mentions), TUESDAY);
    }

    @Test
    void isADraftUntilItIsPublished() {
        Post draft = draft();

        Post published = draft.publish(TUESDAY);

        assertThat(draft.state()).isEqualTo(Post.State.DRAFT);
        assertThat(published.state()).isEqualTo(Post.State.PUBLISHED);
        assertThat(published.publishedAt()).isEqualTo(TUESDAY);
        assertThat(published.version()).isEqualTo(2);
        assertThat(published.publish(TUESDAY.plusSeconds(9))).isSameAs(published);
    }

    @Test
    void isEditedOnlyAfterItIsPublished() {
        Post published = draft().publish(MONDAY);

        assertThat(with(draft(), "Others").editedAt()).isNull();
        assertThat(with(published, "Others").editedAt()).isEqualTo(TUESDAY);
        assertThat(published.editedAt()).isNull();
    }

    @Test
    void knowsWhenItsWordsWereWritten() {
        Post published = draft().publish(TUESDAY);

        assertThat(draft().writtenAt()).isEqualTo(MONDAY);
        assertThat(published.writtenAt()).isEqualTo(TUESDAY);
        assertThat(published.delete(TUESDAY.plusSeconds(9)).writtenAt()).isEqualTo(TUESDAY);
        assertThat(with(draft().publish(MONDAY), "Others").writtenAt()).isEqualTo(TUESDAY);
    }

    @Test
    void goesToTheTrashAndBackOnce() {
        Post removed = draft().delete(TUESDAY);
        Post restored = removed.restore(TUESDAY);

        assertThat(removed.deletedAt()).isEqualTo(TUESDAY);
        assertThat(removed.delete(TUESDAY.plusSeconds(9))).isSameAs(removed);
        assertThat(restored.deletedAt()).isNull();
        assertThat(restored.restore(TUESDAY)).isSameAs(restored);
        assertThat(restored.version()).isEqualTo(3);
    }

    @Test
    void hasATitleOnProjectsOnly() {
        UUID project = ON_PROJECT.project();
        Post.PostLocation onTask = new Post.PostLocation(project, new UUID(4, 4), null);
        Post.PostLocation reply = new Post.PostLocation(project, null, new Post.Id(new UUID(5, 5)));

        assertThat(draft(ON_PROJECT, "Plan").content().title()).isEqualTo("Plan");
        for (Post.PostLocation place : List.of(onTask, reply)) {
            assertThatThrownBy(() -> draft(place, "Plan"))
                    .isInstanceOfSatisfying(
                            Refusal.Invalid.class,
                            refusal -> assertThat(
                                            refusal.fieldErrors().getFirst().pointer())
                                    .isEqualTo("/title"));
        }
    }

    @Test
    void isNoEditedDraft() {
        Post draft = draft();

        assertThatThrownBy(() -> new Post(
                        draft.id(),
                        draft.place(),
                        ADA,
                        draft.content(),
                        draft.rendered(),
                        0,
                        MONDAY,
                        null,
                        TUESDAY,
                        TUESDAY,
                        null,
                        2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatBecomesOfItIsTold() {
        Post published = draft().publish(TUESDAY);
        Post deleted = published.delete(TUESDAY);

        assertThat(PostEvent.of(draft(), published)).isEqualTo(PostEvent.PUBLISHED);
        assertThat(PostEvent.of(published, with(published, "Others", BEN, CLEO)))
                .isEqualTo(PostEvent.CHANGED);
        assertThat(PostEvent.of(published, deleted)).isEqualTo(PostEvent.DELETED);
        assertThat(PostEvent.of(deleted, deleted.restore(TUESDAY))).isEqualTo(PostEvent.RESTORED);
    }

    @ParameterizedTest
    @CsvSource({
        "Ada Lovelace, ada-lovelace",
        "ÅSA Öberg, åsa-öberg",
        "Ａｄａ, ada",
        "Jean-Luc O'Neil, jean-luc-o-neil",
        "  R2 & D2  , r2-d2",
        "अनिता देसाई, अनिता-देसाई",
        "李 小龙, 李-小龙",
        "--, ''",
        "-, ''",
        "☃, ''",
    })
    void aNameIsFoldedToAHandle(String name, String handle) {
        assertThat(Handles.folded(name)).isEqualTo(handle);
    }

    @Test
    void aFirstNameIsEnoughWhileOnlyOneHasIt() {
        Handles handles = Handles.of(List.of(
                new Mention(new UUID(1, 1), "Ada Lovelace"),
                new Mention(new UUID(1, 2), "Ben Byron"),
                new Mention(new UUID(1, 3), "Ben Bitdiddle"),
                new Mention(new UUID(1, 4), "Cleo"),
                new Mention(new UUID(1, 5), "Cleo Clay"),
                new Mention(new UUID(1, 6), "Dan"),
                new Mention(new UUID(1, 7), "dan")));

        assertThat(find(handles, "ada")).hasValueSatisfying(is(1));
        assertThat(find(handles, "ADA-Lovelace")).hasValueSatisfying(is(1));
        assertThat(find(handles, "ben")).isEmpty();
        assertThat(find(handles, "ben-byron")).hasValueSatisfying(is(2));
        assertThat(find(handles, "cleo")).hasValueSatisfying(is(4));
        assertThat(find(handles, "dan")).isEmpty();
        assertThat(find(handles, "lovelace")).isEmpty();
        assertThat(find(Handles.NONE, "ada")).isEmpty();
    }

    private static Optional<Mention> find(Handles handles, String handle) {
        return handles.find(handle, 0).map(Handles.Found::user);
    }

    private static Consumer<Mention> is(int number) {
        return mention -> assertThat(mention.userId()).isEqualTo(new UUID(1, number));
    }
}
