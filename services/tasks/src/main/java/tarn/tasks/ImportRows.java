package tarn.tasks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tarn.imports.ImportDate;
import tarn.imports.ImportPlan;

/// The rows that a plan becomes: a project with its sections, labels, tasks and comments. Ids are
/// derived from the id of the import, so that a file read again after a restart gives the same
/// rows.
final class ImportRows {

    /// Characters of descriptions in a slice of several tasks.
    private static final int MAX_SLICE_CHARACTERS = 1_000_000;

    private final UUID root;
    private final ImportPlan plan;
    private final UUID user;
    private final Instant now;
    private final Map<String, Integer> sectionNumbers = new HashMap<>();
    private final Map<String, Integer> labelNumbers = new HashMap<>();
    private final Map<String, Integer> itemNumbers = new HashMap<>();
    private final Map<String, Long> digests = new HashMap<>();
    private final List<Position> positions;

    /// @param root id of the import, a UUID of version 7
    ImportRows(UUID root, ImportPlan plan, UUID user, Instant now) {
        this.root = root;
        this.plan = plan;
        this.user = user;
        this.now = now;
        plan.sections().forEach(section -> sectionNumbers.put(section.key(), sectionNumbers.size()));
        plan.labels().forEach(label -> labelNumbers.put(label.key(), labelNumbers.size()));
        plan.items().forEach(item -> itemNumbers.put(item.key(), itemNumbers.size()));
        this.positions = Position.sequence(plan.items().size());
    }

    Project.Id project() {
        return project(root);
    }

    /// The project that an import creates.
    ///
    /// @param root id of the import
    static Project.Id project(UUID root) {
        return new Project.Id(derived(root, digest(root, "project"), 0));
    }

    List<Section> sections() {
        List<Section> all = new ArrayList<>();
        List<Position> places = Position.sequence(plan.sections().size());
        for (ImportPlan.Section section : plan.sections()) {
            Section.Content content = new Section.Content(section.name(), section.archived());
            all.add(Section.create(section(section.key()), content, places.get(all.size()), user, now));
        }
        return all;
    }

    List<Label> labels() {
        return plan.labels().stream()
                .map(label -> Label.create(
                        label(label.key()),
                        new Label.Content(
                                label.name(), Color.valueOf(label.color().name())),
                        user,
                        now))
                .toList();
    }

    /// The tasks of some of the items.
    List<Task> tasks(int from, int to) {
        List<Task> some = new ArrayList<>(to - from);
        for (int number = from; number < to; number++) {
            some.add(task(number, plan.items().get(number)));
        }
        return some;
    }

    /// The tasks of the next items, as many as fit into memory several times.
    ///
    /// @param most at least 1
    List<Task> slice(int from, int most) {
        List<Task> some = new ArrayList<>();
        int characters = 0;
        while (some.size() < most && from + some.size() < plan.items().size()) {
            Task task = task(from + some.size(), plan.items().get(from + some.size()));
            characters += task.content().description().length();
            if (!some.isEmpty() && characters > MAX_SLICE_CHARACTERS) {
                break;
            }
            some.add(task);
        }
        return some;
    }

    private Task task(int number, ImportPlan.Item item) {
        Set<Label.Id> labels = item.labelKeys().stream().map(this::label).collect(Collectors.toSet());
        Task.Content content = new Task.Content(
                item.sectionKey() == null ? null : section(item.sectionKey()),
                item.parentKey() == null ? null : item(number(itemNumbers, item.parentKey())),
                item.title(),
                item.description(),
                item.done() ? Task.Status.DONE : Task.Status.OPEN,
                Task.Priority.valueOf(item.priority().name()),
                dateOrTime(item.start()),
                dateOrTime(item.due()),
                Set.of(),
                labels,
                item.archived());
        return new Task(
                item(number),
                project(),
                content,
                positions.get(number),
                Task.Subtasks.NONE,
                item.completedAt(),
                user,
                now,
                now,
                user,
                null,
                1);
    }

    /// The post that a comment becomes, with the name of who wrote it.
    ///
    /// @param number of the comment, from 0
    ImportedPost post(int number) {
        ImportPlan.Comment comment = plan.comments().get(number);
        return new ImportedPost(
                derived("post", number),
                item(number(itemNumbers, comment.itemKey())).value(),
                Objects.requireNonNullElse(comment.writtenAt(), now),
                "**" + escaped(comment.author()) + "**:\n\n" + comment.text());
    }

    /// A name as Markdown that means nothing but itself.
    private static String escaped(String name) {
        return name.replaceAll("([\\p{Punct}])", "\\\\$1");
    }

    private static @Nullable DateOrTime dateOrTime(@Nullable ImportDate date) {
        return switch (date) {
            case null -> null;
            case ImportDate.OnDate(LocalDate day) -> new DateOrTime.OnDate(day);
            case ImportDate.AtTime(Instant time) -> new DateOrTime.AtTime(time);
        };
    }

    private Section.Id section(String key) {
        return new Section.Id(derived("section", number(sectionNumbers, key)));
    }

    private Label.Id label(String key) {
        return new Label.Id(derived("label", number(labelNumbers, key)));
    }

    private Task.Id item(int number) {
        return new Task.Id(derived("task", number));
    }

    private static int number(Map<String, Integer> numbers, String key) {
        Integer number = numbers.get(key);
        if (number == null) {
            throw new IllegalArgumentException("Not in the plan: " + key);
        }
        return number;
    }

    /// A UUID of version 7 with the root's time, in the order of the numbers: 20 bits of number, 54 bits
    /// of a digest of the root and the kind.
    private UUID derived(String kind, int number) {
        return derived(root, digests.computeIfAbsent(kind, one -> digest(root, one)), number);
    }

    private static UUID derived(UUID root, long digest, int number) {
        long high = (root.getMostSignificantBits() & 0xFFFF_FFFF_FFFF_0000L) | 0x7000L | ((number >>> 8) & 0xFFFL);
        long low = 0x8000_0000_0000_0000L | ((number & 0xFFL) << 54) | (digest >>> 10);
        return new UUID(high, low);
    }

    private static long digest(UUID root, String kind) {
        try {
            byte[] bytes =
                    MessageDigest.getInstance("SHA-256").digest((root + kind).getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(bytes).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
