package tarn.posts;

import static tarn.posts.sql.Tables.MENTION;
import static tarn.posts.sql.Tables.POST;
import static tarn.posts.sql.Tables.POST_VERSION;
import static tarn.posts.sql.Tables.UNANNOUNCED_POST;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tarn.platform.database.DerivedColumns;
import tarn.platform.database.Keyset;
import tarn.platform.database.LongTexts;
import tarn.platform.database.RankedSearch;
import tarn.platform.database.SearchColumn;
import tarn.platform.event.Event;
import tarn.platform.event.EventRows;
import tarn.platform.event.Outbox;
import tarn.platform.http.Page;
import tarn.platform.search.SearchQuery;
import tarn.platform.search.TokenRules;

/// SQL access to posts, their mentions and their earlier versions; creating and updating a
/// published post appends its event, a draft has none.
@Singleton
final class PostStore {

    /// Conditions of a list of posts; null for no condition.
    ///
    /// @param reader sees only the reader's own drafts
    /// @param moderating whether the reader also sees others' posts in the trash
    record PostFilter(
            Subject subject,
            UUID reader,
            boolean moderating,
            Post.State state,
            @Nullable UUID author,
            @Nullable String text,
            boolean deleted) {}

    /// Characters of a body in which an excerpt is sought.
    private static final int MAX_READ = 10_000;

    /// A post that a search has found.
    ///
    /// @param title empty for none
    /// @param body its beginning
    record Match(
            UUID id,
            UUID project,
            @Nullable UUID task,
            @Nullable UUID parent,
            UUID author,
            String title,
            String body) {}

    /// What a search has found, best match first.
    ///
    /// @param truncated whether only the newest 20,000 of those that match were ranked
    record Matches(List<Match> items, boolean truncated) {}

    private static final tarn.posts.sql.tables.Post OTHER = POST.as("other");

    /// Sort key: drafts are ordered by creation.
    private static final Field<Instant> PUBLISHED_OR_BEGUN = DSL.coalesce(POST.PUBLISHED_AT, POST.CREATED_AT);

    private static final Map<String, Field<?>> SORTABLE =
            Map.of("publishedAt", PUBLISHED_OR_BEGUN, "createdAt", POST.CREATED_AT, "updatedAt", POST.UPDATED_AT);

    private static final Field<Integer> REPLIES = DSL.field(DSL.selectCount()
                    .from(OTHER)
                    .where(OTHER.PARENT_ID.eq(POST.ID), OTHER.PUBLISHED_AT.isNotNull(), OTHER.DELETED_AT.isNull()))
            .as("replies");
    private static final Field<UUID[]> MENTIONED = DSL.array(DSL.select(MENTION.USER_ID)
                    .from(MENTION)
                    .where(MENTION.POST_ID.eq(POST.ID))
                    .orderBy(MENTION.NAME, MENTION.USER_ID))
            .as("mentioned");
    private static final Field<String[]> NAMES = DSL.array(DSL.select(MENTION.NAME)
                    .from(MENTION)
                    .where(MENTION.POST_ID.eq(POST.ID))
                    .orderBy(MENTION.NAME, MENTION.USER_ID))
            .as("names");

    private static final List<Field<?>> COLUMNS = List.of(
            POST.ID,
            POST.PROJECT_ID,
            POST.TASK_ID,
            POST.PARENT_ID,
            POST.AUTHOR_ID,
            POST.TITLE,
            POST.BODY,
            POST.HTML,
            POST.RULES,
            MENTIONED,
            NAMES,
            REPLIES,
            POST.CREATED_AT,
            POST.PUBLISHED_AT,
            POST.EDITED_AT,
            POST.UPDATED_AT,
            POST.DELETED_AT,
            POST.VERSION);

    private static final LongTexts<UUID> LONG = LongTexts.of(POST, POST.ID, List.of(POST.BODY, POST.HTML));
    private static final LongTexts<Long> LONG_VERSIONS =
            LongTexts.of(POST_VERSION, POST_VERSION.VERSION, List.of(POST_VERSION.BODY, POST_VERSION.HTML));

    /// Replies are in the trash with their parent.
    private static final Condition PARENT_IN_TRASH =
            DSL.exists(DSL.selectOne().from(OTHER).where(OTHER.ID.eq(POST.PARENT_ID), OTHER.DELETED_AT.isNotNull()));

    /// Payload of the events of published posts; drafts have none.
    static final EventRows EVENTS = EventRows.of("post", POST, POST.ID)
            .only(POST.PUBLISHED_AT.isNotNull())
            .value("projectId", POST.PROJECT_ID)
            .value("taskId", POST.TASK_ID)
            .value("parentId", POST.PARENT_ID)
            .value("authorId", POST.AUTHOR_ID)
            .text("title", POST.TITLE)
            .text("body", POST.BODY)
            .ids("mentions", DSL.select(MENTION.USER_ID).from(MENTION).where(MENTION.POST_ID.eq(POST.ID)))
            .value("publishedAt", POST.PUBLISHED_AT)
            .value("editedAt", POST.EDITED_AT)
            .value("createdAt", POST.CREATED_AT)
            .value("updatedAt", POST.UPDATED_AT)
            .value("deletedAt", POST.DELETED_AT)
            .value("version", POST.VERSION);

    static final SearchColumn SEARCH = SearchColumn.of(POST);

    private static final RankedSearch RANKED = new RankedSearch(POST, POST.ID, null);

    /// Columns that are computed from the texts of a post.
    static final DerivedColumns.Derivation DERIVED = new DerivedColumns.Derivation(
            () -> TokenRules.RULES,
            POST,
            POST.ID,
            List.of(POST.TITLE, POST.BODY),
            row -> derived(row.get(POST.TITLE), row.get(POST.BODY)));

    private final Outbox outbox;
    private final DSLContext sql;
    private final Markdown markdown;

    PostStore(PostsDatabase database, Markdown markdown) {
        this.outbox = database.database().outbox();
        this.sql = database.database().sql();
        this.markdown = markdown;
    }

    /// A post, deleted or not, unless its parent is deleted.
    Optional<Post> post(Post.Id id) {
        return sql.select(COLUMNS)
                .from(POST)
                .where(POST.ID.eq(id.value()), DSL.not(PARENT_IN_TRASH))
                .fetchOptional(this::read);
    }

    /// A post, deleted or not, unless its parent is deleted; locked until the end of the
    /// transaction.
    Optional<Post> postToChange(Post.Id id) {
        // A statement that waits for a lock goes on with the old mentions: so first wait, then read.
        sql.selectOne()
                .from(POST)
                .where(POST.ID.eq(id.value()))
                .forNoKeyUpdate()
                .fetch();
        return post(id);
    }

    /// Whether a post exists and is not in the trash, locking it until the end of the transaction.
    boolean holds(Post.Id id) {
        return sql.selectOne()
                .from(POST)
                .where(POST.ID.eq(id.value()), POST.DELETED_AT.isNull())
                .forShare()
                .fetchOptional()
                .isPresent();
    }

    Page<Post> of(PostFilter filter, String sort, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(SORTABLE, POST.ID, sort, cursor, limit);
        return keyset.page(
                sql,
                sql.select(LONG.in(COLUMNS)).select(keyset.fields()).from(POST).where(condition(filter)),
                LONG,
                DSL.noCondition(),
                this::read);
    }

    private static Condition condition(PostFilter filter) {
        List<Condition> all = new ArrayList<>();
        // A search, and the trash, hold what is below, too.
        boolean direct = filter.text() == null && !filter.deleted();
        switch (filter.subject()) {
            case Subject.OfProject(UUID project) -> {
                all.add(POST.PROJECT_ID.eq(project));
                if (direct) {
                    all.add(POST.TASK_ID.isNull());
                    all.add(POST.PARENT_ID.isNull());
                }
            }
            case Subject.OfTask(UUID task) -> {
                all.add(POST.TASK_ID.eq(task));
                if (direct) {
                    all.add(POST.PARENT_ID.isNull());
                }
            }
            case Subject.OfPost(Post.Id parent) -> all.add(POST.PARENT_ID.eq(parent.value()));
        }
        if (filter.text() != null) {
            all.add(SEARCH.matches(SearchQuery.of(filter.text())));
        }
        if (!direct) {
            all.add(DSL.not(PARENT_IN_TRASH));
        }
        if (filter.state() == Post.State.DRAFT) {
            all.add(POST.PUBLISHED_AT.isNull());
            all.add(POST.AUTHOR_ID.eq(filter.reader()));
        } else {
            all.add(POST.PUBLISHED_AT.isNotNull());
        }
        if (filter.deleted()) {
            all.add(POST.DELETED_AT.isNotNull());
            all.add(filter.moderating() ? DSL.noCondition() : POST.AUTHOR_ID.eq(filter.reader()));
        } else {
            all.add(POST.DELETED_AT.isNull());
        }
        if (filter.author() != null) {
            all.add(POST.AUTHOR_ID.eq(filter.author()));
        }
        return DSL.and(all);
    }

    /// The best of the published posts in these projects: those with all words in the title first,
    /// then the newest.
    Matches search(SearchQuery query, List<UUID> projects, int limit) {
        Condition visible = POST.PROJECT_ID
                .eq(DSL.any(projects.toArray(UUID[]::new)))
                .and(POST.PUBLISHED_AT.isNotNull())
                .and(POST.DELETED_AT.isNull())
                .and(DSL.not(PARENT_IN_TRASH));
        RankedSearch.BestRows best = RANKED.best(sql, query, visible, limit);
        Field<String> body = DSL.left(POST.BODY, DSL.inline(MAX_READ)).as("beginning");
        Map<UUID, Match> found = sql.select(
                        POST.ID, POST.PROJECT_ID, POST.TASK_ID, POST.PARENT_ID, POST.AUTHOR_ID, POST.TITLE, body)
                .from(POST)
                .where(POST.ID.eq(DSL.any(best.ids().toArray(UUID[]::new))), visible)
                .fetchMap(
                        POST.ID,
                        row -> new Match(
                                row.get(POST.ID),
                                row.get(POST.PROJECT_ID),
                                row.get(POST.TASK_ID),
                                row.get(POST.PARENT_ID),
                                row.get(POST.AUTHOR_ID),
                                Objects.requireNonNullElse(row.get(POST.TITLE), ""),
                                row.get(body)));
        List<Match> items =
                best.ids().stream().map(found::get).filter(Objects::nonNull).toList();
        return new Matches(items, best.truncated());
    }

    /// The first comments of several tasks in one query; the cursors continue the list of a task's
    /// comments.
    Map<UUID, Page<Post>> threads(Collection<UUID> tasks, String sort, int limit) {
        Keyset keyset = Keyset.of(SORTABLE, POST.ID, sort, null, limit);
        Table<?> wanted =
                DSL.table("unnest({0})", DSL.val(tasks.toArray(UUID[]::new))).as("wanted", "task");
        Table<?> first = DSL.lateral(DSL.select(POST.ID)
                        .from(POST)
                        .where(
                                POST.TASK_ID.eq(DSL.field(DSL.name("wanted", "task"), UUID.class)),
                                POST.PARENT_ID.isNull(),
                                POST.PUBLISHED_AT.isNotNull(),
                                POST.DELETED_AT.isNull())
                        .orderBy(keyset.order())
                        .limit(keyset.most()))
                .as("first", "id");
        Map<UUID, Result<Record>> found = sql.select(LONG.in(COLUMNS))
                .select(keyset.fields())
                .from(wanted)
                .crossJoin(first)
                .join(POST)
                .on(POST.ID.eq(DSL.field(DSL.name("first", "id"), UUID.class)))
                .orderBy(keyset.order())
                .fetchGroups(POST.TASK_ID);
        LONG.requireRoom(found.values().stream().flatMap(Result::stream).toList());
        Map<UUID, Page<Post>> threads = new LinkedHashMap<>();
        for (UUID task : tasks) {
            Result<Record> rows = found.get(task);
            threads.put(
                    task,
                    rows == null
                            ? new Page<>(List.of(), null)
                            : keyset.page(sql, rows, LONG, DSL.noCondition(), this::read));
        }
        return threads;
    }

    /// Earlier versions of a post's content, newest first.
    Page<Post.Former> former(Post post, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset =
                Keyset.of(Map.of("version", POST_VERSION.VERSION), POST_VERSION.POST_ID, "-version", cursor, limit);
        Handles handles = Handles.of(post.rendered().mentions());
        Condition ofPost = POST_VERSION.POST_ID.eq(post.id().value());
        return keyset.page(
                sql,
                sql.select(LONG_VERSIONS.in(List.of(POST_VERSION.fields())))
                        .select(keyset.fields())
                        .from(POST_VERSION)
                        .where(ofPost),
                LONG_VERSIONS,
                ofPost,
                row -> new Post.Former(
                        row.get(POST_VERSION.VERSION),
                        new Post.Content(row.get(POST_VERSION.TITLE), row.get(POST_VERSION.BODY)),
                        row.get(POST_VERSION.RULES) == Markdown.RULES
                                ? row.get(POST_VERSION.HTML)
                                : markdown.render(row.get(POST_VERSION.BODY), handles)
                                        .html(),
                        row.get(POST_VERSION.WRITTEN_AT)));
    }

    /// Those of these posts that there are.
    Set<UUID> known(List<UUID> ids) {
        return sql.select(POST.ID).from(POST).where(POST.ID.in(ids)).fetchSet(POST.ID);
    }

    void insert(Post post) {
        write(post);
        if (post.state() == Post.State.PUBLISHED) {
            append(post, post.author(), PostEvent.PUBLISHED, mentioned(post));
        }
    }

    /// Stores a published post of which no event tells before it is announced.
    void insertUnannounced(Post post) {
        write(post);
        sql.insertInto(UNANNOUNCED_POST)
                .set(UNANNOUNCED_POST.POST_ID, post.id().value())
                .execute();
    }

    /// Writes the events of posts in a project that are not announced yet, in the order of their ids.
    ///
    /// @return number of posts
    int announce(UUID project, int most) {
        return announce(DSL.select(UNANNOUNCED_POST.POST_ID)
                .from(UNANNOUNCED_POST)
                .join(POST)
                .on(POST.ID.eq(UNANNOUNCED_POST.POST_ID))
                .where(POST.PROJECT_ID.eq(project))
                .orderBy(UNANNOUNCED_POST.POST_ID)
                .limit(most));
    }

    /// Writes the event of a post that is not announced yet, before it is changed or replied to, so that
    /// its publication is its first event.
    void announce(Post.Id id) {
        announce(DSL.select(DSL.val(id.value())));
    }

    private int announce(Select<Record1<UUID>> ids) {
        Set<UUID> unannounced = sql.deleteFrom(UNANNOUNCED_POST)
                .where(UNANNOUNCED_POST.POST_ID.in(ids))
                .returning(UNANNOUNCED_POST.POST_ID)
                .fetchSet(UNANNOUNCED_POST.POST_ID);
        outbox.append(
                EVENTS,
                sql.select(POST.ID, POST.AUTHOR_ID)
                        .from(POST)
                        .where(POST.ID.in(unannounced))
                        .orderBy(POST.ID)
                        .fetch(row -> Event.of(PostEvent.PUBLISHED.type(), row.get(POST.ID), row.get(POST.AUTHOR_ID))));
        return unannounced.size();
    }

    private void write(Post post) {
        sql.insertInto(POST)
                .set(changed(post))
                .set(POST.ID, post.id().value())
                .set(POST.PROJECT_ID, post.place().project())
                .set(POST.TASK_ID, post.place().task())
                .set(
                        POST.PARENT_ID,
                        post.place().parent() == null
                                ? null
                                : post.place().parent().value())
                .set(POST.AUTHOR_ID, post.author())
                .set(POST.CREATED_AT, post.createdAt())
                .set(derived(post.content().title(), post.content().body()))
                .execute();
        insertMentions(post);
    }

    void update(Post before, Post post, UUID user) {
        Map<Field<?>, @Nullable Object> row = changed(post);
        if (!before.content().equals(post.content())) {
            row.putAll(derived(post.content().title(), post.content().body()));
        }
        sql.update(POST).set(row).where(POST.ID.eq(post.id().value())).execute();
        sql.deleteFrom(MENTION).where(MENTION.POST_ID.eq(post.id().value())).execute();
        insertMentions(post);
        if (post.state() == Post.State.PUBLISHED) {
            PostEvent event = PostEvent.of(before, post);
            Set<UUID> anew = mentioned(post);
            if (event != PostEvent.PUBLISHED) {
                anew.removeAll(mentioned(before));
            }
            append(post, user, event, anew);
        }
    }

    private static Map<Field<?>, @Nullable Object> changed(Post post) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(POST.TITLE, post.content().title());
        row.put(POST.BODY, post.content().body());
        row.put(POST.HTML, post.rendered().html());
        row.put(POST.RULES, Markdown.RULES);
        row.put(POST.PUBLISHED_AT, post.publishedAt());
        row.put(POST.EDITED_AT, post.editedAt());
        row.put(POST.UPDATED_AT, post.updatedAt());
        row.put(POST.DELETED_AT, post.deletedAt());
        row.put(POST.VERSION, post.version());
        return row;
    }

    private static Map<Field<?>, @Nullable Object> derived(@Nullable String title, String body) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        SEARCH.put(row, title, body);
        return row;
    }

    private void insertMentions(Post post) {
        List<Mention> mentions = post.rendered().mentions();
        if (!mentions.isEmpty()) {
            sql.insertInto(MENTION, MENTION.POST_ID, MENTION.USER_ID, MENTION.NAME)
                    .valuesOfRows(mentions.stream()
                            .map(mention -> DSL.row(post.id().value(), mention.userId(), mention.name()))
                            .toList())
                    .execute();
        }
    }

    /// Stores the content of a post before a change.
    void keep(Post before) {
        sql.insertInto(POST_VERSION)
                .set(POST_VERSION.POST_ID, before.id().value())
                .set(POST_VERSION.VERSION, before.version())
                .set(POST_VERSION.TITLE, before.content().title())
                .set(POST_VERSION.BODY, before.content().body())
                .set(POST_VERSION.HTML, before.rendered().html())
                .set(POST_VERSION.RULES, Markdown.RULES)
                .set(POST_VERSION.WRITTEN_AT, before.writtenAt())
                .execute();
    }

    private void append(Post post, UUID user, PostEvent event, Set<UUID> newMentions) {
        Map<String, ?> more = newMentions.isEmpty() ? Map.of() : Map.of("newMentions", newMentions);
        outbox.append(EVENTS, Event.of(event.type(), post.id().value(), user).saying(more));
    }

    private static Set<UUID> mentioned(Post post) {
        Set<UUID> users = new TreeSet<>();
        post.rendered().mentions().forEach(mention -> users.add(mention.userId()));
        return users;
    }

    private Post read(Record row) {
        UUID[] mentioned = row.get(MENTIONED);
        String[] names = row.get(NAMES);
        List<Mention> mentions = new ArrayList<>();
        for (int i = 0; i < mentioned.length; i++) {
            mentions.add(new Mention(mentioned[i], names[i]));
        }
        UUID parent = row.get(POST.PARENT_ID);
        String body = row.get(POST.BODY);
        String html = row.get(POST.RULES) == Markdown.RULES
                ? row.get(POST.HTML)
                : markdown.render(body, Handles.of(mentions)).html();
        return new Post(
                new Post.Id(row.get(POST.ID)),
                new Post.PostLocation(
                        row.get(POST.PROJECT_ID), row.get(POST.TASK_ID), parent == null ? null : new Post.Id(parent)),
                row.get(POST.AUTHOR_ID),
                new Post.Content(row.get(POST.TITLE), body),
                new RenderedMarkdown(html, mentions),
                row.get(REPLIES),
                row.get(POST.CREATED_AT),
                row.get(POST.PUBLISHED_AT),
                row.get(POST.EDITED_AT),
                row.get(POST.UPDATED_AT),
                row.get(POST.DELETED_AT),
                row.get(POST.VERSION));
    }
}
