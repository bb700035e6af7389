package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Refusal;

final class TaskTest {

    private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-24T10:00:00Z");
    private static final UUID ID = new UUID(1, 1);

    private static Task.Content content(@Nullable Instant start, @Nullable Instant due) {
        return new Task.Content(
                new Section.Id(ID),
                new Task.Id(new UUID(2, 2)),
                "Rake",
                "",
                Task.Status.OPEN,
                Task.Priority.NONE,
                start,
                due,
                Set.of(),
                Set.of(),
                false);
    }

    private static Task task() {
        return Task.open(new Task.Id(ID), new Project.Id(ID), content(null, null), new Position("V"), ID, MONDAY);
    }

    @Test
    void completingTwiceChangesNothing() {
        Task once = task().complete(MONDAY);

        Task twice = once.complete(TUESDAY);

        assertThat(once.completedAt()).isEqualTo(MONDAY);
        assertThat(once.version()).isEqualTo(2);
        assertThat(twice).isSameAs(once);
    }

    @Test
    void reopeningForgetsWhenItWasCompleted() {
        Task open = task().complete(MONDAY).reopen(TUESDAY);

        assertThat(open.completedAt()).isNull();
        assertThat(open.updatedAt()).isEqualTo(TUESDAY);
        assertThat(open.version()).isEqualTo(3);
        assertThat(open.reopen(TUESDAY)).isSameAs(open);
    }

    @Test
    void anotherChangeKeepsWhenItWasCompleted() {
        Task done = task().complete(MONDAY);

        Task moved = done.with(done.content(), new Position("W"), TUESDAY);

        assertThat(moved.completedAt()).isEqualTo(MONDAY);
    }

    @Test
    void anOpenTaskHasNoTimeOfCompletion() {
        Task open = task();

        assertThatThrownBy(() -> at(open, MONDAY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeOfCompletionThatIsNotKnownStaysSoUntilTheTaskIsReopened() {
        Task imported = at(task().complete(MONDAY), null);

        assertThat(imported.with(imported.content(), new Position("W"), TUESDAY).completedAt())
                .isNull();
        assertThat(imported.complete(TUESDAY)).isSameAs(imported);
        assertThat(imported.reopen(TUESDAY).complete(TUESDAY).completedAt()).isEqualTo(TUESDAY);
    }

    private static Task at(Task task, @Nullable Instant completedAt) {
        return new Task(
                task.id(),
                task.project(),
                task.content(),
                task.position(),
                task.subtasks(),
                completedAt,
                task.createdBy(),
                task.createdAt(),
                task.updatedAt(),
                null,
                null,
                1);
    }

    @Test
    void startsBeforeItIsDue() {
        assertThat(content(MONDAY, MONDAY).start()).isEqualTo(MONDAY);
        assertThatThrownBy(() -> content(TUESDAY, MONDAY))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.places().getFirst().pointer())
                                .isEqualTo("/start"));
    }

    @Test
    void refusesMomentsThatCanNotBeStored() {
        assertThat(content(Task.EARLIEST, Task.LATEST).due()).isEqualTo(Task.LATEST);
        assertThatThrownBy(() -> content(Instant.MIN, null)).isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> content(null, Instant.MAX)).isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void onlyItsOwnVersionIsExpected() {
        task().requireVersion(null);
        task().requireVersion(1L);

        assertThatThrownBy(() -> task().requireVersion(2L)).isInstanceOf(Refusal.Outdated.class);
    }

    @Test
    void everyPriorityHasItsRank() {
        assertThat(Task.Priority.values()).allMatch(priority -> Task.Priority.ofRank(priority.rank()) == priority);
        assertThatThrownBy(() -> Task.Priority.ofRank(5)).isInstanceOf(IllegalArgumentException.class);
    }
}
