package tarn.tasks;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/// A start or due value: a date, the same in every time zone, or a timestamp; from year 1 to 9999.
sealed interface DateOrTime {

    /// First year that can be stored.
    int MIN_YEAR = 1;

    /// Last year that can be stored.
    int MAX_YEAR = 9999;

    /// Error detail that describes the format.
    String FORMAT = "Must be a date such as 2026-12-24 or an RFC 3339 timestamp such as 2026-12-24T17:00:00Z.";

    /// A date, which starts and ends in the reader's time zone.
    record OnDate(LocalDate date) implements DateOrTime {
        @Override
        public LocalDate date(ZoneId zone) {
            return date;
        }

        @Override
        public boolean isStorable() {
            return date.getYear() >= MIN_YEAR && date.getYear() <= MAX_YEAR;
        }

        @Override
        public String text() {
            return date.toString();
        }
    }

    /// A timestamp, to the microsecond.
    record AtTime(Instant time) implements DateOrTime {

        private static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");
        private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");

        public AtTime {
            time = time.truncatedTo(ChronoUnit.MICROS);
        }

        @Override
        public LocalDate date(ZoneId zone) {
            return time.atZone(zone).toLocalDate();
        }

        @Override
        public boolean isStorable() {
            return !time.isBefore(MIN) && !time.isAfter(MAX);
        }

        @Override
        public String text() {
            return time.toString();
        }
    }

    /// The date in a time zone.
    LocalDate date(ZoneId zone);

    /// Whether the year is within the limits.
    boolean isStorable();

    /// As in `2026-12-24` or `2026-12-24T17:00:00Z`.
    String text();

    /// Whether it is later: compares timestamps if both are, else dates in the time zone.
    default boolean isAfter(DateOrTime other, ZoneId zone) {
        if (this instanceof AtTime(Instant own) && other instanceof AtTime(Instant others)) {
            return own.isAfter(others);
        }
        return date(zone).isAfter(other.date(zone));
    }

    /// @throws DateTimeException when neither a date nor a timestamp
    static DateOrTime parse(String text) {
        boolean hasTime = text.indexOf('T') >= 0 || text.indexOf('t') >= 0;
        return hasTime ? new AtTime(Instant.parse(text)) : new OnDate(LocalDate.parse(text));
    }
}
