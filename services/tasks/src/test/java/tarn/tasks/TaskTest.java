package tarn.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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
        return dated(
                start == null ? null : new DateOrTime.AtTime(start), due == null ? null : new DateOrTime.AtTime(due));
    }

    private static Task.Content dated(@Nullable DateOrTime start, @Nullable DateOrTime due) {
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
        return Task.create(new Task.Id(ID), new Project.Id(ID), content(null, null), new Position("V"), ID, MONDAY);
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
        assertThat(content(MONDAY, MONDAY).start()).isEqualTo(new DateOrTime.AtTime(MONDAY));
        assertThatThrownBy(() -> content(TUESDAY, MONDAY))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        refusal -> assertThat(refusal.fieldErrors().getFirst().pointer())
                                .isEqualTo("/start"));
    }

    @Test
    void aDateAndATimeAreInOrderByTheirDaysInTheZoneOfTheWriter() {
        DateOrTime date = new DateOrTime.OnDate(LocalDate.parse("2026-11-24"));
        DateOrTime evening = new DateOrTime.AtTime(Instant.parse("2026-11-24T23:30:00Z"));
        Task.Content content = dated(evening, date);

        content.requireOrder(null, ZoneId.of("America/New_York"));
        content.requireOrder(content, ZoneId.of("Europe/Berlin"));
        dated(date, evening).requireOrder(null, ZoneId.of("Europe/Berlin"));

        assertThatThrownBy(() -> content.requireOrder(null, ZoneId.of("Europe/Berlin")))
                .isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> content.requireOrder(content(null, null), ZoneId.of("Europe/Berlin")))
                .isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void refusesTimestampsThatCanNotBeStored() {
        Instant first = Instant.parse("0001-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
        assertThat(content(first, last).due()).isEqualTo(new DateOrTime.AtTime(last));
        assertThatThrownBy(() -> dated(new DateOrTime.OnDate(LocalDate.MIN), null))
                .isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> dated(null, new DateOrTime.OnDate(LocalDate.MAX)))
                .isInstanceOf(Refusal.Invalid.class);
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
