package tarn.tasks;

import static tarn.tasks.sql.Tables.TASK;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.impl.DSL;
import tarn.platform.database.Keyset;

/// The SQL of due dates, which are a date or a timestamp, in the zone of their reader.
final class DueDateStore {

    /// Four names that PostgreSQL takes for offsets without summer time, and the zones they stand for.
    private static final Map<String, String> NAMES =
            Map.of("CET", "Europe/Brussels", "EET", "Europe/Athens", "MET", "Europe/Brussels", "WET", "Europe/Lisbon");

    private DueDateStore() {}

    /// What tasks are sorted by: twice the microseconds since 1970 at which the date begins in the zone, or once
    /// more for a timestamp, so that a date sorts before all timestamps of its day; what is never due sorts last.
    static Field<Long> key(ZoneId zone) {
        return DSL.field(
                "case when {0} is not null then (extract(epoch from {2}) * 2000000)::bigint"
                        + " when {1} is not null then (extract(epoch from {1}) * 2000000)::bigint + 1"
                        + " else 9223372036854775807 end",
                Long.class, TASK.DUE_ON, TASK.DUE_AT, start(TASK.DUE_ON, zone));
    }

    /// Tasks in the order of [#key] by three indexes: those that are due on a date, at a time, and never.
    static List<List<Keyset.Part>> parts(ZoneId zone) {
        Keyset.Part dates = new Keyset.Part(TASK.DUE_ON.isNotNull(), TASK.DUE_ON, (key, descending) -> {
            // A day more: there are days that begin where the next one does.
            LocalDate day = time(key).atZone(zone).toLocalDate();
            return descending ? TASK.DUE_ON.le(day.plusDays(1)) : TASK.DUE_ON.ge(day.minusDays(1));
        });
        Keyset.Part times = new Keyset.Part(
                TASK.DUE_AT.isNotNull(),
                TASK.DUE_AT,
                (key, descending) -> descending ? TASK.DUE_AT.le(time(key)) : TASK.DUE_AT.ge(time(key)));
        Keyset.Part never =
                new Keyset.Part(TASK.DUE_AT.isNull().and(TASK.DUE_ON.isNull()), null, (_, _) -> DSL.noCondition());
        return List.of(List.of(dates, times), List.of(never));
    }

    /// The time of a key; of what is never due, one after all that can be stored.
    private static Instant time(String key) {
        try {
            return Instant.EPOCH.plus(Math.floorDiv(Long.parseLong(key), 2), ChronoUnit.MICROS);
        } catch (NumberFormatException foreign) {
            // PostgreSQL refuses it, too.
            return Instant.EPOCH;
        }
    }

    /// The first time of a date in the zone. Where clocks go back over midnight PostgreSQL takes the second one;
    /// an hour after 23:00 is the first.
    private static Field<Instant> start(Field<LocalDate> date, ZoneId zone) {
        Param<String> name = DSL.val(NAMES.getOrDefault(zone.getId(), zone.getId()));
        return DSL.field(
                "least({0}::timestamp at time zone {1}, ({0}::timestamp - interval '1 hour') at time zone {1}"
                        + " + interval '1 hour')",
                Instant.class, date, name);
    }

    /// What is due before: by time when both are timestamps, else by their days.
    static Condition before(DateOrTime limit, ZoneId zone) {
        LocalDate day = limit.date(zone);
        Instant time = limit instanceof DateOrTime.AtTime(Instant own) ? own : startOf(day, zone);
        return TASK.DUE_ON.lt(day).or(TASK.DUE_AT.lt(time));
    }

    /// What is due after: by time when both are timestamps, else by their days.
    static Condition after(DateOrTime limit, ZoneId zone) {
        LocalDate day = limit.date(zone);
        Condition later = limit instanceof DateOrTime.AtTime(Instant own)
                ? TASK.DUE_AT.gt(own)
                : TASK.DUE_AT.ge(startOf(day.plusDays(1), zone));
        return TASK.DUE_ON.gt(day).or(later);
    }

    private static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
