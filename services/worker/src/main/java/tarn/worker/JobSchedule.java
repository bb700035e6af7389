package tarn.worker;

import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/// When a job runs: at an interval after it has ended, or daily at a time in UTC.
///
/// @param every null for a daily job
/// @param dailyAt null for a job at an interval
record JobSchedule(@Nullable Duration every, @Nullable LocalTime dailyAt) {

    static JobSchedule everyMinutes(int minutes) {
        return new JobSchedule(Duration.ofMinutes(minutes), null);
    }

    static JobSchedule daily(String time) {
        return new JobSchedule(null, LocalTime.parse(time));
    }
}
