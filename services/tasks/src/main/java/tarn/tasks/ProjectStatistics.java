package tarn.tasks;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.IntStream;

/// Numbers of a project's tasks at one time; tasks in the trash do not count.
///
/// @param computedAt the time they are of
/// @param timeZone where days and weeks begin, the project's
/// @param open open tasks, without archived ones
/// @param done completed tasks, archived ones included
/// @param overdue open tasks whose due date or time has passed, without archived ones
/// @param doneAtUnknownTime of the completed tasks, those imported without a time of completion
/// @param weeks the last twelve weeks, the oldest first; the last is the current week
record ProjectStatistics(
        Instant computedAt, ZoneId timeZone, int open, int done, int overdue, int doneAtUnknownTime, List<Week> weeks) {

    static final int WEEKS = 12;

    /// The age up to which stored statistics are shown.
    static final Duration MAX_AGE = Duration.ofMinutes(15);

    /// The tasks completed in one week.
    ///
    /// @param monday its first day (ISO 8601)
    record Week(LocalDate monday, int done) {}

    /// The Mondays of the last twelve weeks, the oldest first.
    static List<LocalDate> mondays(Instant now, ZoneId zone) {
        LocalDate current = LocalDate.ofInstant(now, zone).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return IntStream.range(0, WEEKS)
                .mapToObj(i -> current.minusWeeks(WEEKS - 1L - i))
                .toList();
    }

    /// Whether they may still be shown: young enough, of this zone and of the same day there, since
    /// tasks become overdue at midnight.
    boolean isCurrent(Instant now, ZoneId zone) {
        return timeZone.equals(zone)
                && computedAt.plus(MAX_AGE).isAfter(now)
                && LocalDate.ofInstant(computedAt, zone).equals(LocalDate.ofInstant(now, zone));
    }
}
