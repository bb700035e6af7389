package tarn.tasks;

import static tarn.tasks.sql.Tables.IMPORT_COMMENT;
import static tarn.tasks.sql.Tables.IMPORT_FILE;
import static tarn.tasks.sql.Tables.IMPORT_JOB;
import static tarn.tasks.sql.Tables.IMPORT_LINE;
import static tarn.tasks.sql.Tables.IMPORT_ROW;
import static tarn.tasks.sql.Tables.JOB;
import static tarn.tasks.sql.Tables.TASK;
import static tarn.tasks.sql.Tables.TASK_LABEL;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportFile;
import tarn.imports.ImportPlan;
import tarn.imports.ImportReader;
import tarn.platform.database.Keyset;
import tarn.platform.database.SearchColumn;
import tarn.platform.event.Event;
import tarn.platform.event.Outbox;
import tarn.platform.http.Page;

/// SQL access to imports that are jobs: their files, staged tasks, comments to post and reports.
/// Creating the staged tasks appends their events.
@Singleton
final class ImportJobStore {

    /// How far an import is.
    ///
    /// @param plan without items and lines; null until the file is read
    /// @param total tasks in the file
    /// @param staged tasks that wait to be created
    /// @param comments comments that become posts
    record Progress(
            ImportReader.Options options,
            @Nullable String trace,
            @Nullable ImportPlan plan,
            int total,
            int staged,
            int comments) {

        /// Whether all tasks wait to be created.
        boolean isStaged() {
            return plan != null && staged == total;
        }
    }

    /// An import that has ended and may have posts of which no event tells.
    ///
    /// @param comments number of comments to announce; 0 when all are to be taken out
    record Unsettled(Job.Id id, int comments) {}

    private static final SearchColumn SEARCH = SearchColumn.of(IMPORT_ROW);
    private static final Map<String, Field<?>> LINES = Map.of("number", IMPORT_LINE.NUMBER);
    private static final Condition ENDED =
            JOB.STATE.in(DSL.inline("done"), DSL.inline("cancelled"), DSL.inline("failed"));

    /// Bytes of a part of a file.
    private static final int PART = 1024 * 1024;

    /// Comments in one request to posts, and bytes of their texts where these are several.
    private static final int MAX_POSTS = 500;

    private static final int MAX_POST_BYTES = 500_000;

    /// Lines of a report read by one statement.
    private static final int MAX_LINES_READ = 1_000;

    /// Characters of comments at which a statement that stores them is full.
    private static final int MAX_STORED_CHARACTERS = 1_000_000;

    /// Rows or parts deleted by one statement.
    private static final int MAX_DELETED = 5_000;

    /// Ended imports that are cleared by one run.
    private static final int MAX_LISTED = 100;

    private final DSLContext sql;
    private final Outbox outbox;
    private final ObjectMapper json;

    ImportJobStore(TasksDatabase database, ObjectMapper json) {
        this.sql = database.database().sql();
        this.outbox = database.database().outbox();
        this.json = json;
    }

    /// Stores an import with its file.
    ///
    /// @param bytes size of the file
    void insert(Job.Id id, ImportReader.Options options, @Nullable String trace, ImportFile file, long bytes) {
        sql.insertInto(IMPORT_JOB)
                .set(IMPORT_JOB.JOB_ID, id.value())
                .set(IMPORT_JOB.OPTIONS, JSONB.valueOf(written(options)))
                .set(IMPORT_JOB.BYTES, bytes)
                .set(IMPORT_JOB.TRACE, trace)
                .execute();
        try (InputStream content = file.open()) {
            int number = 0;
            for (byte[] part = content.readNBytes(PART); part.length > 0; part = content.readNBytes(PART)) {
                sql.insertInto(IMPORT_FILE)
                        .set(IMPORT_FILE.JOB_ID, id.value())
                        .set(IMPORT_FILE.NUMBER, number++)
                        .set(IMPORT_FILE.BYTES, part)
                        .execute();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Part of a file, from 0; empty behind its end.
    byte[] part(Job.Id id, int number) {
        return sql.select(IMPORT_FILE.BYTES)
                .from(IMPORT_FILE)
                .where(IMPORT_FILE.JOB_ID.eq(id.value()), IMPORT_FILE.NUMBER.eq(number))
                .fetchOptional(IMPORT_FILE.BYTES)
                .orElse(new byte[0]);
    }

    /// Bytes of all files that are kept.
    long bytes() {
        return Objects.requireNonNullElse(
                sql.select(DSL.sum(IMPORT_JOB.BYTES).cast(SQLDataType.BIGINT))
                        .from(IMPORT_JOB)
                        .where(IMPORT_JOB.CLEARED.isFalse())
                        .fetchSingle()
                        .value1(),
                0L);
    }

    /// Number of a user's imports that have not ended. Another that is being accepted waits until the end of the
    /// transaction (advisory lock).
    int unfinishedOf(UUID user) {
        sql.select(DSL.field("pg_advisory_xact_lock(hashtextextended({0}, 0))", DSL.val("imports " + user)))
                .fetch();
        return sql.fetchCount(DSL.selectOne()
                .from(IMPORT_JOB)
                .join(JOB)
                .on(JOB.ID.eq(IMPORT_JOB.JOB_ID))
                .where(IMPORT_JOB.CLEARED.isFalse(), DSL.not(ENDED), JOB.CREATED_BY.eq(user)));
    }

    Progress progress(Job.Id id) {
        Record row = sql.select(
                        IMPORT_JOB.OPTIONS,
                        IMPORT_JOB.TRACE,
                        IMPORT_JOB.PLAN,
                        IMPORT_JOB.STAGED,
                        IMPORT_JOB.COMMENTS,
                        JOB.TOTAL)
                .from(IMPORT_JOB)
                .join(JOB)
                .on(JOB.ID.eq(IMPORT_JOB.JOB_ID))
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .fetchSingle();
        JSONB plan = row.get(IMPORT_JOB.PLAN);
        return new Progress(
                read(row.get(IMPORT_JOB.OPTIONS), ImportReader.Options.class),
                row.get(IMPORT_JOB.TRACE),
                plan == null ? null : read(plan, ImportPlan.class),
                row.get(JOB.TOTAL),
                row.get(IMPORT_JOB.STAGED),
                row.get(IMPORT_JOB.COMMENTS));
    }

    /// Stores the plan that was read from the file, without its items, and deletes what an earlier
    /// attempt staged.
    ///
    /// @param post that a comment of the plan becomes, by its number
    /// @return false when the run no longer has the job
    boolean begin(Job.Id id, UUID run, ImportPlan plan, IntFunction<ImportedPost> post) {
        int held = sql.update(JOB)
                .set(JOB.TOTAL, plan.items().size())
                .where(isHeld(id, run))
                .execute();
        if (held == 0) {
            return false;
        }
        int subtasks = (int)
                plan.items().stream().filter(item -> item.parentKey() != null).count();
        sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.PLAN, JSONB.valueOf(written(plan.withoutRows())))
                .set(IMPORT_JOB.FORMAT, plan.format().text())
                .set(IMPORT_JOB.PROJECT_NAME, plan.projectName())
                .set(IMPORT_JOB.SECTIONS, plan.sections().size())
                .set(IMPORT_JOB.LABELS, plan.labels().size())
                .set(IMPORT_JOB.SUBTASKS, subtasks)
                .set(IMPORT_JOB.LEFT_OUT, plan.leftOut())
                .set(IMPORT_JOB.LINE_COUNT, plan.lineCount())
                .set(IMPORT_JOB.COMMENTS, plan.comments().size())
                .set(IMPORT_JOB.POSTED, 0)
                .set(IMPORT_JOB.STAGED, 0)
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .execute();
        sql.deleteFrom(IMPORT_ROW).where(IMPORT_ROW.JOB_ID.eq(id.value())).execute();
        sql.deleteFrom(IMPORT_COMMENT)
                .where(IMPORT_COMMENT.JOB_ID.eq(id.value()))
                .execute();
        insertPosts(id, plan.comments().size(), post);
        return true;
    }

    private void insertPosts(Job.Id id, int count, IntFunction<ImportedPost> posts) {
        int number = 0;
        while (number < count) {
            BatchBindStep batch = sql.batch(sql.insertInto(
                            IMPORT_COMMENT,
                            IMPORT_COMMENT.JOB_ID,
                            IMPORT_COMMENT.NUMBER,
                            IMPORT_COMMENT.POST_ID,
                            IMPORT_COMMENT.TASK_ID,
                            IMPORT_COMMENT.WRITTEN_AT,
                            IMPORT_COMMENT.BODY)
                    .values((UUID) null, null, null, null, null, null));
            int characters = 0;
            for (int most = number + MAX_POSTS;
                    number < Math.min(most, count) && characters < MAX_STORED_CHARACTERS;
                    number++) {
                ImportedPost post = posts.apply(number);
                characters += post.body().length();
                batch = batch.bind(id.value(), number, post.id(), post.taskId(), post.writtenAt(), post.body());
            }
            batch.execute();
        }
    }

    /// The next comments that are not posts yet, as many as one request takes.
    List<ImportedPost> unposted(Job.Id id) {
        List<Integer> numbers = new ArrayList<>();
        int bytes = 0;
        for (Record2<Integer, Integer> next : sql.select(IMPORT_COMMENT.NUMBER, DSL.octetLength(IMPORT_COMMENT.BODY))
                .from(IMPORT_COMMENT)
                .join(IMPORT_JOB)
                .on(IMPORT_JOB.JOB_ID.eq(IMPORT_COMMENT.JOB_ID))
                .where(IMPORT_COMMENT.JOB_ID.eq(id.value()), IMPORT_COMMENT.NUMBER.ge(IMPORT_JOB.POSTED))
                .orderBy(IMPORT_COMMENT.NUMBER)
                .limit(MAX_POSTS)) {
            bytes += next.value2();
            if (!numbers.isEmpty() && bytes > MAX_POST_BYTES) {
                break;
            }
            numbers.add(next.value1());
        }
        return sql.selectFrom(IMPORT_COMMENT)
                .where(IMPORT_COMMENT.JOB_ID.eq(id.value()), IMPORT_COMMENT.NUMBER.in(numbers))
                .orderBy(IMPORT_COMMENT.NUMBER)
                .fetch(row -> new ImportedPost(
                        row.get(IMPORT_COMMENT.POST_ID),
                        row.get(IMPORT_COMMENT.TASK_ID),
                        row.get(IMPORT_COMMENT.WRITTEN_AT),
                        row.get(IMPORT_COMMENT.BODY)));
    }

    /// Counts comments that have become posts.
    ///
    /// @return false when the run no longer has the job
    boolean addPosted(Job.Id id, UUID run, int posts) {
        return sql.update(IMPORT_JOB)
                        .set(IMPORT_JOB.POSTED, IMPORT_JOB.POSTED.plus(posts))
                        .from(JOB)
                        .where(IMPORT_JOB.JOB_ID.eq(id.value()), JOB.ID.eq(IMPORT_JOB.JOB_ID))
                        .and(isHeld(id, run))
                        .execute()
                == 1;
    }

    /// Leaves out all comments, as the first line of the report then says; those that are posts already are taken out
    /// when the import has ended.
    void leaveOutComments(Job.Id id, int comments) {
        sql.deleteFrom(IMPORT_COMMENT)
                .where(IMPORT_COMMENT.JOB_ID.eq(id.value()))
                .execute();
        sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.COMMENTS, 0)
                .set(IMPORT_JOB.POSTED, 0)
                .set(IMPORT_JOB.LEFT_OUT, IMPORT_JOB.LEFT_OUT.plus(comments))
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .execute();
        insertFirstLine(id, ImportPlan.commentsLeftOut(comments));
    }

    /// Says in the report, once, that the comments are seen when Tarn runs with posts again.
    void reportUnannounced(Job.Id id, int comments) {
        insertFirstLine(id, ImportPlan.commentsWaiting(comments));
    }

    private void insertFirstLine(Job.Id id, ImportPlan.ReportLine line) {
        if (sql.fetchExists(IMPORT_LINE, IMPORT_LINE.JOB_ID.eq(id.value()), IMPORT_LINE.NUMBER.eq(-1))) {
            return;
        }
        sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.LINE_COUNT, IMPORT_JOB.LINE_COUNT.plus(1))
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .execute();
        insertLines(id, -1, List.of(line));
    }

    /// Remembers, before the first of them is sent, that the import may have posts.
    ///
    /// @return false when the run no longer has the job
    boolean markPosting(Job.Id id, UUID run) {
        return sql.update(IMPORT_JOB)
                        .set(IMPORT_JOB.POSTING, true)
                        .from(JOB)
                        .where(IMPORT_JOB.JOB_ID.eq(id.value()), JOB.ID.eq(IMPORT_JOB.JOB_ID))
                        .and(isHeld(id, run))
                        .execute()
                == 1;
    }

    /// Imports that have ended and may have posts that are neither announced nor taken out, 100 at most.
    List<Unsettled> unsettled() {
        return sql.select(IMPORT_JOB.JOB_ID, JOB.STATE, IMPORT_JOB.COMMENTS)
                .from(IMPORT_JOB)
                .join(JOB)
                .on(JOB.ID.eq(IMPORT_JOB.JOB_ID))
                .where(IMPORT_JOB.POSTING.isTrue(), ENDED)
                .orderBy(IMPORT_JOB.JOB_ID)
                .limit(MAX_LISTED)
                .fetch(row -> new Unsettled(
                        new Job.Id(row.get(IMPORT_JOB.JOB_ID)),
                        row.get(JOB.STATE).equals("done") ? row.get(IMPORT_JOB.COMMENTS) : 0));
    }

    /// Records that the posts of an import are announced or taken out.
    void settled(Job.Id id) {
        sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.POSTING, false)
                .set(IMPORT_JOB.CLEARED, DSL.field(IMPORT_JOB.CLEARED.isTrue().and(IMPORT_JOB.DISCARDED.isFalse())))
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .execute();
    }

    /// Stores a part of the report of a file that is being read, and forgets what another reading has stored behind
    /// it.
    ///
    /// @param from place of the first of the lines, from 0
    /// @return false when the run no longer has the job
    boolean report(Job.Id id, UUID run, int from, List<ImportPlan.ReportLine> lines) {
        int held = sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.LINE_COUNT, 0)
                .from(JOB)
                .where(IMPORT_JOB.JOB_ID.eq(id.value()), JOB.ID.eq(IMPORT_JOB.JOB_ID))
                .and(isHeld(id, run))
                .execute();
        if (held == 0) {
            return false;
        }
        sql.deleteFrom(IMPORT_LINE)
                .where(IMPORT_LINE.JOB_ID.eq(id.value()), IMPORT_LINE.NUMBER.ge(from))
                .execute();
        insertLines(id, from, lines);
        return true;
    }

    private void insertLines(Job.Id id, int first, List<ImportPlan.ReportLine> lines) {
        if (lines.isEmpty()) {
            return;
        }
        BatchBindStep batch = sql.batch(sql.insertInto(
                        IMPORT_LINE,
                        IMPORT_LINE.JOB_ID,
                        IMPORT_LINE.NUMBER,
                        IMPORT_LINE.LINE,
                        IMPORT_LINE.PATH,
                        IMPORT_LINE.SEVERITY,
                        IMPORT_LINE.CODE,
                        IMPORT_LINE.DETAIL)
                .values((UUID) null, null, null, null, null, null, null));
        int number = first;
        for (ImportPlan.ReportLine line : lines) {
            batch = batch.bind(
                    id.value(),
                    number++,
                    line.line(),
                    line.path(),
                    line.severity().text(),
                    line.code(),
                    line.detail());
        }
        batch.execute();
    }

    /// Stores the next tasks that the job will create.
    ///
    /// @param from place of the first in the file, from 0
    /// @return false when the run no longer has the job
    boolean stage(Job.Id id, UUID run, int from, List<Task> tasks) {
        int held = sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.STAGED, from + tasks.size())
                .from(JOB)
                .where(IMPORT_JOB.JOB_ID.eq(id.value()), IMPORT_JOB.STAGED.eq(from), JOB.ID.eq(IMPORT_JOB.JOB_ID))
                .and(isHeld(id, run))
                .execute();
        if (held == 0) {
            return false;
        }
        List<Map<Field<?>, @Nullable Object>> rows = new ArrayList<>();
        for (Task task : tasks) {
            rows.add(row(id, from + rows.size(), task));
        }
        BatchBindStep batch = sql.batch(sql.insertInto(IMPORT_ROW).set(rows.getFirst()));
        for (Map<Field<?>, @Nullable Object> row : rows) {
            batch = batch.bind(row.values().toArray());
        }
        batch.execute();
        return true;
    }

    private static Map<Field<?>, @Nullable Object> row(Job.Id id, int number, Task task) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        TaskStore.inserted(task).forEach((field, value) -> row.put(staged(field), value));
        row.put(IMPORT_ROW.JOB_ID, id.value());
        row.put(IMPORT_ROW.NUMBER, number);
        row.put(
                IMPORT_ROW.LABELS,
                task.content().labels().stream().map(Label.Id::value).toArray(UUID[]::new));
        return row;
    }

    /// The column that holds the value of a task's column.
    private static Field<?> staged(Field<?> column) {
        if (column.equals(TaskStore.SEARCH.field())) {
            return SEARCH.field();
        }
        return Objects.requireNonNull(IMPORT_ROW.field(column.getName()), column::getName);
    }

    /// Creates some of the staged tasks, with their events.
    ///
    /// @param from place of the first, from 0
    /// @param to place behind the last
    /// @param now when they are created
    void create(Job.Id id, int from, int to, UUID user, @Nullable String trace, Instant now) {
        Condition some =
                DSL.and(IMPORT_ROW.JOB_ID.eq(id.value()), IMPORT_ROW.NUMBER.ge(from), IMPORT_ROW.NUMBER.lt(to));
        List<Field<?>> values = new ArrayList<>();
        List<Field<?>> columns = new ArrayList<>(List.of(TASK.fields()));
        columns.add(TaskStore.SEARCH.field());
        for (Field<?> column : columns) {
            boolean isTime = column.equals(TASK.CREATED_AT) || column.equals(TASK.UPDATED_AT);
            values.add(isTime ? DSL.val(now, TASK.CREATED_AT) : staged(column));
        }
        sql.insertInto(TASK, columns)
                .select(DSL.select(values).from(IMPORT_ROW).where(some).orderBy(IMPORT_ROW.NUMBER))
                .execute();
        sql.insertInto(TASK_LABEL, TASK_LABEL.TASK_ID, TASK_LABEL.PROJECT_ID, TASK_LABEL.LABEL_ID)
                .select(DSL.select(IMPORT_ROW.ID, IMPORT_ROW.PROJECT_ID, DSL.field("label", UUID.class))
                        .from(IMPORT_ROW)
                        .crossJoin(DSL.table("unnest({0}) as label", IMPORT_ROW.LABELS))
                        .where(some))
                .execute();
        List<UUID> ids = sql.select(IMPORT_ROW.ID)
                .from(IMPORT_ROW)
                .where(some)
                .orderBy(IMPORT_ROW.NUMBER)
                .fetch(IMPORT_ROW.ID);
        outbox.append(
                TaskStore.EVENTS,
                ids.stream()
                        .map(task -> new Event(TaskEvent.CREATED.type(), task, null, user, trace, Map.of()))
                        .toList());
    }

    /// Whether a run still has the job, which is not cancelled.
    boolean isHeldBy(Job.Id id, UUID run) {
        return sql.fetchExists(DSL.selectOne().from(JOB).where(isHeld(id, run)));
    }

    /// Ends a job that has created its project.
    ///
    /// @return false when the run no longer has the job
    boolean finish(Job.Id id, UUID run, Project.Id project, Instant now) {
        sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.PROJECT_ID, project.value())
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .execute();
        return end(id, run, "done", now);
    }

    /// Ends a job that creates nothing.
    ///
    /// @param problem why, as JSON
    void fail(Job.Id id, UUID run, String problem, Instant now) {
        if (end(id, run, "failed", now)) {
            sql.update(IMPORT_JOB)
                    .set(IMPORT_JOB.PROBLEM, JSONB.valueOf(problem))
                    .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                    .execute();
        }
    }

    private boolean end(Job.Id id, UUID run, String state, Instant now) {
        return sql.update(JOB)
                        .set(JOB.STATE, state)
                        .set(JOB.ENDED_AT, now)
                        .where(isHeld(id, run))
                        .execute()
                == 1;
    }

    private static Condition isHeld(Job.Id id, UUID run) {
        return DSL.and(JOB.ID.eq(id.value()), JOB.RUN.eq(run), JOB.STATE.eq(DSL.inline("running")));
    }

    /// Counts a failure by a fault of Tarn.
    ///
    /// @return how many there have been
    int countFailure(Job.Id id) {
        return sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.ATTEMPTS, IMPORT_JOB.ATTEMPTS.plus(DSL.inline((short) 1)))
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .returning(IMPORT_JOB.ATTEMPTS)
                .fetchSingle()
                .get(IMPORT_JOB.ATTEMPTS);
    }

    /// Imports that have ended and still have files or rows, 100 at most.
    List<Job.Id> uncleared() {
        return sql.select(IMPORT_JOB.JOB_ID)
                .from(IMPORT_JOB)
                .join(JOB)
                .on(JOB.ID.eq(IMPORT_JOB.JOB_ID))
                .where(IMPORT_JOB.CLEARED.isFalse(), ENDED)
                .limit(MAX_LISTED)
                .fetch(row -> new Job.Id(row.get(IMPORT_JOB.JOB_ID)));
    }

    /// Deletes file and rows of an import that has ended, as much as one transaction should. What is discarded loses
    /// its
    /// report too, and the job when its posts are settled.
    ///
    /// @return whether nothing is left
    boolean clear(Job.Id id) {
        // Waits for a slice that is being staged; after it none is.
        Record job = sql.select(IMPORT_JOB.DISCARDED, IMPORT_JOB.POSTING)
                .from(IMPORT_JOB)
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .forNoKeyUpdate()
                .fetchOne();
        if (job == null) {
            return true;
        }
        boolean isDiscarded = job.get(IMPORT_JOB.DISCARDED);
        sql.deleteFrom(IMPORT_FILE).where(IMPORT_FILE.JOB_ID.eq(id.value())).execute();
        sql.deleteFrom(IMPORT_COMMENT)
                .where(IMPORT_COMMENT.JOB_ID.eq(id.value()))
                .execute();
        int rows = deleteSome(IMPORT_ROW, IMPORT_ROW.JOB_ID, IMPORT_ROW.NUMBER, id);
        if (rows == 0 && isDiscarded) {
            rows = deleteSome(IMPORT_LINE, IMPORT_LINE.JOB_ID, IMPORT_LINE.NUMBER, id);
        }
        if (rows > 0) {
            return false;
        }
        if (isDiscarded && !job.get(IMPORT_JOB.POSTING)) {
            sql.deleteFrom(JOB).where(JOB.ID.eq(id.value())).execute();
            return true;
        }
        sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.CLEARED, true)
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .execute();
        if (isDiscarded) {
            forgetWords(id);
        }
        return true;
    }

    /// Deletes what a user has written from a job that is kept for its posts alone.
    private void forgetWords(Job.Id id) {
        sql.update(IMPORT_JOB)
                .set(IMPORT_JOB.OPTIONS, JSONB.valueOf("{}"))
                .setNull(IMPORT_JOB.PLAN)
                .setNull(IMPORT_JOB.FORMAT)
                .setNull(IMPORT_JOB.PROJECT_NAME)
                .where(IMPORT_JOB.JOB_ID.eq(id.value()))
                .execute();
    }

    /// Deletes the first rows of a job in a table.
    private int deleteSome(Table<?> table, Field<UUID> job, Field<Integer> number, Job.Id id) {
        // A range of numbers: joined with a limited selection it took 15 s for 150,000 rows without statistics.
        Field<Integer> first = DSL.select(DSL.min(number))
                .from(table)
                .where(job.eq(id.value()))
                .asField();
        return sql.deleteFrom(table)
                .where(job.eq(id.value()), number.lt(first.plus(MAX_DELETED)))
                .execute();
    }

    /// Lines of an import's report, most severe first.
    Page<ImportPlan.ReportLine> lines(Job.Id id, @Nullable String cursor, @Nullable Integer limit) {
        Keyset keyset = Keyset.of(LINES, IMPORT_LINE.NUMBER, "number", cursor, limit);
        return keyset.page(
                sql.select(IMPORT_LINE.fields())
                        .select(keyset.fields())
                        .from(IMPORT_LINE)
                        .where(IMPORT_LINE.JOB_ID.eq(id.value())),
                ImportJobStore::line);
    }

    /// The next lines of an import's report by their numbers, most severe first, 1,000 at most.
    ///
    /// @param after number of the line before the first
    SortedMap<Integer, ImportPlan.ReportLine> linesAfter(Job.Id id, int after) {
        SortedMap<Integer, ImportPlan.ReportLine> lines = new TreeMap<>();
        sql.selectFrom(IMPORT_LINE)
                .where(IMPORT_LINE.JOB_ID.eq(id.value()), IMPORT_LINE.NUMBER.gt(after))
                .orderBy(IMPORT_LINE.NUMBER)
                .limit(MAX_LINES_READ)
                .forEach(row -> lines.put(row.get(IMPORT_LINE.NUMBER), line(row)));
        return lines;
    }

    private static ImportPlan.ReportLine line(Record row) {
        return new ImportPlan.ReportLine(
                row.get(IMPORT_LINE.LINE),
                row.get(IMPORT_LINE.PATH),
                severity(row.get(IMPORT_LINE.SEVERITY)),
                row.get(IMPORT_LINE.CODE),
                row.get(IMPORT_LINE.DETAIL));
    }

    private static ImportPlan.Severity severity(String text) {
        return ImportPlan.Severity.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Not JSON: " + value.getClass(), impossible);
        }
    }

    private <T> T read(JSONB value, Class<T> type) {
        try {
            return json.readValue(value.data(), type);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Stored as JSON", impossible);
        }
    }
}
