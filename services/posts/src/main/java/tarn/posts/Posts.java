package tarn.posts;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tarn.platform.Uuid7;
import tarn.platform.http.Page;
import tarn.platform.problem.Refusal;
import tarn.platform.security.Caller;

/// The use cases of posts and comments: create, publish, change, delete, restore, read, list,
/// preview.
///
/// Other services are called before a transaction starts, so that no connection is held meanwhile.
@Singleton
class Posts {

    /// Sort order of comments and replies.
    static final String OLDEST_FIRST = "publishedAt";

    private record SeenPost(Post post, ProjectAccess access) {}

    private final PostStore store;
    private final AccessLookup accesses;
    private final MentionableUsers users;
    private final Markdown markdown;
    private final Clock clock;

    Posts(PostStore store, AccessLookup accesses, MentionableUsers users, Markdown markdown, Clock clock) {
        this.store = store;
        this.accesses = accesses;
        this.users = users;
        this.markdown = markdown;
        this.clock = clock;
    }

    /// A valid new post, not stored yet.
    ///
    /// @throws Refusal.NotFound when the caller does not see the subject
    /// @throws Refusal.Invalid when it replies to a reply or to a draft
    /// @throws Refusal.Unavailable when the tasks service does not respond
    public Post prepare(Caller caller, Subject subject, Post.Content content, Post.State state) {
        Post.PostLocation place = place(caller, subject);
        Handles handles = content.body().indexOf('@') < 0
                ? Handles.NONE
                : users.inNow(place.project()).orElse(Handles.NONE);
        return Post.create(
                new Post.Id(Uuid7.next(clock)),
                place,
                caller.id(),
                content,
                markdown.render(content.body(), handles),
                state,
                clock.instant());
    }

    private Post.PostLocation place(Caller caller, Subject subject) {
        return switch (subject) {
            case Subject.OfProject(UUID project) -> {
                accesses.inProjectNow(caller.id(), project)
                        .orElseThrow(() -> new Refusal.NotFound("project"))
                        .requireWriting();
                yield new Post.PostLocation(project, null, null);
            }
            case Subject.OfTask(UUID task) -> {
                ProjectAccess access =
                        accesses.inTaskNow(caller.id(), task).orElseThrow(() -> new Refusal.NotFound("task"));
                access.requireWriting();
                yield new Post.PostLocation(access.project(), task, null);
            }
            case Subject.OfPost(Post.Id id) -> {
                SeenPost parent = presentNow(caller, id);
                parent.access().requireWriting();
                Post.PostLocation place = parent.post().place();
                if (place.parent() != null) {
                    throw new Refusal.Invalid("/parentId", "too-deep", "A reply takes no replies.");
                }
                if (parent.post().state() == Post.State.DRAFT) {
                    throw new Refusal.Invalid("/parentId", "not-published", "A draft takes no replies.");
                }
                yield new Post.PostLocation(place.project(), place.task(), id);
            }
        };
    }

    /// Stores a new post.
    ///
    /// @throws Refusal.NotFound when its parent was moved to the trash meanwhile
    @Transactional
    public Post create(Caller caller, Post post) {
        Post.Id parent = post.place().parent();
        if (parent != null && !store.holds(parent)) {
            throw unknown();
        }
        if (parent != null) {
            store.announce(parent);
        }
        store.insert(post);
        return post;
    }

    /// A post; one in the trash only for users who may restore it.
    ///
    /// @throws Refusal.NotFound when the caller does not see it
    public Post post(Caller caller, Post.Id id) {
        SeenPost seen = seen(caller, id);
        if (seen.post().deletedAt() != null && !mayMove(caller, seen)) {
            throw unknown();
        }
        return seen.post();
    }

    /// A post that is not in the trash.
    ///
    /// @throws Refusal.NotFound when the caller does not see it, or it is in the trash
    public Post presentPost(Caller caller, Post.Id id) {
        return present(caller, id).post();
    }

    /// @throws Refusal.NotFound when the caller does not see the subject
    public Page<Post> of(
            Caller caller,
            Subject subject,
            Post.State state,
            @Nullable UUID author,
            @Nullable String text,
            boolean deleted,
            String sort,
            @Nullable String cursor,
            @Nullable Integer limit) {
        ProjectAccess access = switch (subject) {
            case Subject.OfProject(UUID project) -> inProject(caller, project);
            case Subject.OfTask(UUID task) -> inTask(caller, task);
            case Subject.OfPost(Post.Id parent) -> present(caller, parent).access();
        };
        boolean moderating = access.role() == ProjectAccess.Role.OWNER;
        Page<Post> page = store.of(
                new PostStore.PostFilter(subject, caller.id(), moderating, state, author, text, deleted),
                sort,
                cursor,
                limit);
        return onTasksInSight(caller, page);
    }

    /// Leaves out comments on tasks in the trash, which a search in a project would find.
    private Page<Post> onTasksInSight(Caller caller, Page<Post> found) {
        Set<UUID> tasks = found.items().stream()
                .map(post -> post.place().task())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (tasks.isEmpty()) {
            return found;
        }
        Set<UUID> inSight = accesses.inTasks(caller.id(), tasks).keySet();
        return found.filter(post -> {
            UUID task = post.place().task();
            return task == null || inSight.contains(task);
        });
    }

    /// The first comments of the tasks that the caller sees.
    public Map<UUID, Page<Post>> threads(Caller caller, Collection<UUID> tasks, int limit) {
        Map<UUID, ProjectAccess> seen = accesses.inTasks(caller.id(), tasks);
        return store.threads(tasks.stream().filter(seen::containsKey).toList(), OLDEST_FIRST, limit);
    }

    /// Earlier versions of a post's content, newest first.
    public Page<Post.Former> former(Caller caller, Post.Id id, @Nullable String cursor, @Nullable Integer limit) {
        return store.former(presentPost(caller, id), cursor, limit);
    }

    /// Renders Markdown without storing it.
    ///
    /// @param project whose members can be mentioned; null for none
    public RenderedMarkdown preview(Caller caller, @Nullable UUID project, String body) {
        if (project == null) {
            return markdown.render(body, Handles.NONE);
        }
        inProject(caller, project);
        return markdown.render(body, users.in(project).orElse(Handles.NONE));
    }

    /// Changes the caller's own post; of a published one the earlier content is stored.
    ///
    /// @param expected the version the caller has read; null for any
    public Post change(Caller caller, Post.Id id, @Nullable Long expected, UnaryOperator<Post.Content> change) {
        Post seen = ownPresent(caller, id);
        Optional<Handles> known = change.apply(seen.content()).body().indexOf('@') < 0
                ? Optional.empty()
                : users.inNow(seen.place().project());
        return write(caller, id, expected, before -> {
            requireChangeable(before);
            Post.Content content = change.apply(before.content());
            if (content.equals(before.content())) {
                return before;
            }
            Handles handles = known.orElseGet(() -> Handles.of(before.rendered().mentions()));
            return before.with(content, markdown.render(content.body(), handles), clock.instant());
        });
    }

    /// Publishes the caller's draft; idempotent, because clients retry.
    public Post publish(Caller caller, Post.Id id, @Nullable Long expected) {
        ownPresent(caller, id);
        return write(caller, id, expected, before -> {
            requireChangeable(before);
            return before.publish(clock.instant());
        });
    }

    /// Moves a post to the trash, which hides its replies too; idempotent.
    public void delete(Caller caller, Post.Id id, @Nullable Long expected) {
        if (movable(caller, id).deletedAt() == null) {
            write(caller, id, expected, before -> before.delete(clock.instant()));
        }
    }

    /// Takes a post out of the trash, with its replies.
    public Post restore(Caller caller, Post.Id id) {
        Post seen = movable(caller, id);
        return seen.deletedAt() == null ? seen : write(caller, id, null, before -> before.restore(clock.instant()));
    }

    /// Changes a post; the caller's rights have been checked.
    @Transactional
    Post write(Caller caller, Post.Id id, @Nullable Long expected, UnaryOperator<Post> change) {
        Post before = store.postToChange(id).orElseThrow(Posts::unknown);
        before.requireVersion(expected);
        Post after = change.apply(before);
        if (after.equals(before)) {
            return before;
        }
        if (before.state() == Post.State.PUBLISHED && !after.content().equals(before.content())) {
            store.keep(before);
        }
        store.announce(id);
        store.update(before, after, caller.id());
        return store.post(id).orElseThrow(Posts::unknown);
    }

    private ProjectAccess inProject(Caller caller, UUID project) {
        return accesses.inProject(caller.id(), project).orElseThrow(() -> new Refusal.NotFound("project"));
    }

    private ProjectAccess inTask(Caller caller, UUID task) {
        return accesses.inTask(caller.id(), task).orElseThrow(() -> new Refusal.NotFound("task"));
    }

    /// A post that is not in the trash and that the caller sees.
    private SeenPost present(Caller caller, Post.Id id) {
        SeenPost seen = seen(caller, id);
        requirePresent(seen.post());
        return seen;
    }

    /// A post that is not in the trash and that the caller sees, checked without the cache, for a
    /// change.
    private SeenPost presentNow(Caller caller, Post.Id id) {
        SeenPost seen = seenNow(caller, id);
        if (mayMove(caller, seen)) {
            requireChangeable(seen.post());
        }
        requirePresent(seen.post());
        return seen;
    }

    private static void requireChangeable(Post post) {
        if (post.deletedAt() != null) {
            throw Refusal.Conflict.inTrash("post");
        }
    }

    private static void requirePresent(Post post) {
        if (post.deletedAt() != null) {
            throw unknown();
        }
    }

    private SeenPost seen(Caller caller, Post.Id id) {
        Post post = store.post(id).orElseThrow(Posts::unknown);
        Post.PostLocation place = post.place();
        return seen(
                caller,
                post,
                place.task() == null
                        ? accesses.inProject(caller.id(), place.project())
                        : accesses.inTask(caller.id(), place.task()));
    }

    private SeenPost seenNow(Caller caller, Post.Id id) {
        Post post = store.post(id).orElseThrow(Posts::unknown);
        Post.PostLocation place = post.place();
        return seen(
                caller,
                post,
                place.task() == null
                        ? accesses.inProjectNow(caller.id(), place.project())
                        : accesses.inTaskNow(caller.id(), place.task()));
    }

    private static SeenPost seen(Caller caller, Post post, Optional<ProjectAccess> known) {
        ProjectAccess access = known.orElseThrow(Posts::unknown);
        if (post.state() == Post.State.DRAFT && !post.author().equals(caller.id())) {
            throw unknown();
        }
        return new SeenPost(post, access);
    }

    /// A post whose content the caller may change.
    private Post ownPresent(Caller caller, Post.Id id) {
        SeenPost seen = presentNow(caller, id);
        seen.access().requireWriting();
        if (!seen.post().author().equals(caller.id())) {
            throw new Refusal.Forbidden("forbidden", "Only its author may do that.");
        }
        return seen.post();
    }

    /// A post, deleted or not, that the caller may delete and restore.
    private Post movable(Caller caller, Post.Id id) {
        SeenPost seen = seenNow(caller, id);
        if (!mayMove(caller, seen)) {
            requirePresent(seen.post());
            throw new Refusal.Forbidden("forbidden", "Only its author or an owner of the project may do that.");
        }
        seen.access().requireWriting();
        return seen.post();
    }

    private static boolean mayMove(Caller caller, SeenPost seen) {
        return seen.post().author().equals(caller.id()) || seen.access().role() == ProjectAccess.Role.OWNER;
    }

    private static Refusal unknown() {
        return new Refusal.NotFound("post");
    }
}
