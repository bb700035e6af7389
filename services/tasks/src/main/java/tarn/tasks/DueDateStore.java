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

/// SQL expressions for due dates, a date or a timestamp, in the reader's time zone.
final class DueDateStore {

    /// Zone names that PostgreSQL reads as offsets without daylight saving time, and their
    /// equivalents.
    private static final Map<String, String> NAMES =
            Map.of("CET", "Europe/Brussels", "EET", "Europe/Athens", "MET", "Europe/Brussels", "WET", "Europe/Lisbon");

    private DueDateStore() {}

    /// Sort key: twice the microseconds since 1970 at which the date starts in the zone, plus one
    /// for a timestamp, so that a date sorts before the timestamps of its day; tasks without due
    /// date sort last.
    static Field<Long> key(ZoneId zone) {
        return DSL.field(
                "case when {0} is not null then (extract(epoch from {2}) * 2000000)::bigint"
                        + " when {1} is not null then (extract(epoch from {1}) * 2000000)::bigint + 1"
                        + " else 9223372036854775807 end",
                Long.class, TASK.DUE_ON, TASK.DUE_AT, start(TASK.DUE_ON, zone));
    }

    /// Tasks in the order of [#key] from three indexes: with a due date, with a due timestamp,
    /// without either.
    static List<List<Keyset.SortPart>> parts(ZoneId zone) {
        Keyset.SortPart dates = new Keyset.SortPart(TASK.DUE_ON.isNotNull(), TASK.DUE_ON, (key, descending) -> {
            // A day more: where a zone skips a date, two dates begin at the same instant.
            LocalDate day = time(key).atZone(zone).toLocalDate();
            return descending ? TASK.DUE_ON.le(day.plusDays(1)) : TASK.DUE_ON.ge(day.minusDays(1));
        });
        Keyset.SortPart times = new Keyset.SortPart(
                TASK.DUE_AT.isNotNull(),
                TASK.DUE_AT,
                (key, descending) -> descending ? TASK.DUE_AT.le(time(key)) : TASK.DUE_AT.ge(time(key)));
        Keyset.SortPart never =
                new Keyset.SortPart(TASK.DUE_AT.isNull().and(TASK.DUE_ON.isNull()), null, (_, _) -> DSL.noCondition());
        return List.of(List.of(dates, times), List.of(never));
    }

    /// The timestamp of a key; one after all storable timestamps for tasks without due date.
    private static Instant time(String key) {
        try {
            return Instant.EPOCH.plus(Math.floorDiv(Long.parseLong(key), 2), ChronoUnit.MICROS);
        } catch (NumberFormatException foreign) {
            // PostgreSQL refuses it, too.
            return Instant.EPOCH;
        }
    }

    /// The first start of a date in the zone. Where clocks go back over midnight PostgreSQL takes
    /// the second; an hour after 23:00 is the first.
    private static Field<Instant> start(Field<LocalDate> date, ZoneId zone) {
        Param<String> name = DSL.val(NAMES.getOrDefault(zone.getId(), zone.getId()));
        return DSL.field(
                "least({0}::timestamp at time zone {1}, ({0}::timestamp - interval '1 hour') at time zone {1}"
                        + " + interval '1 hour')",
                Instant.class, date, name);
    }

    /// Due before the limit: compares timestamps if both are, else dates.
    static Condition before(DateOrTime limit, ZoneId zone) {
        LocalDate day = limit.date(zone);
        Instant time = limit instanceof DateOrTime.AtTime(Instant own) ? own : startOf(day, zone);
        return TASK.DUE_ON.lt(day).or(TASK.DUE_AT.lt(time));
    }

    /// Due after the limit: compares timestamps if both are, else dates.
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
