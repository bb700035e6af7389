package tarn.imports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// A date or a timestamp, as it was written.
public sealed interface ImportDate {

    /// A whole day.
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

    /// A point in time.
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

    /// Its day in a zone.
    LocalDate date(ZoneId zone);

    /// The timestamp, or that at which the day begins in a zone.
    Instant start(ZoneId zone);

    /// Whether it is later: by time when both are timestamps, else by their days in the zone.
    default boolean isAfter(ImportDate other, ZoneId zone) {
        if (this instanceof AtTime(Instant own) && other instanceof AtTime(Instant others)) {
            return own.isAfter(others);
        }
        return date(zone).isAfter(other.date(zone));
    }
}
