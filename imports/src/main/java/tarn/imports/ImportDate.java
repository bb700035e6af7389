package tarn.imports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// A due or start date as the file had it: a date or a timestamp.
public sealed interface ImportDate {

    /// A date without a time.
    record OnDate(LocalDate date) implements ImportDate {
        @Override
        public LocalDate date(ZoneId zone) {
            return date;
        }

        @Override
        public Instant start(ZoneId zone) {
            return date.atStartOfDay(zone).toInstant();
        }

        @Override
        public String toString() {
            return date.toString();
        }
    }

    /// A timestamp.
    record AtTime(Instant time) implements ImportDate {
        @Override
        public LocalDate date(ZoneId zone) {
            return time.atZone(zone).toLocalDate();
        }

        @Override
        public Instant start(ZoneId zone) {
            return time;
        }

        @Override
        public String toString() {
            return time.toString();
        }
    }

    /// The date, in a time zone.
    LocalDate date(ZoneId zone);

    /// The timestamp, or the start of the date in a time zone.
    Instant start(ZoneId zone);

    /// Whether it is later: compares timestamps if both are, else dates in the time zone.
    default boolean isAfter(ImportDate other, ZoneId zone) {
        if (this instanceof AtTime(Instant own) && other instanceof AtTime(Instant others)) {
            return own.isAfter(others);
        }
        return date(zone).isAfter(other.date(zone));
    }
}
