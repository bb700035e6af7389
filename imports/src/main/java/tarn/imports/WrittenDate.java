package tarn.imports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses dates as programs and users write them; null when uncertain.
///
/// A date without a time stays a date; a time without a zone is taken in the given one.
final class WrittenDate {

    /// Whether `01/02/2026` starts with the day or the month.
    enum DayOrder {
        DAY_FIRST,
        MONTH_FIRST,
        UNKNOWN
    }

    private static final int MAX_LENGTH = 80;
    private static final String TIME =
            "(?:[T ,]+(?:at )?(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s?([ap]\\.?m\\.?)?\\s?"
                    + "(Z|(?:UTC|GMT)?[+-]\\d{1,2}(?::?\\d{2})?|UTC|GMT)?(?: \\([^)]*\\))?)?";
    private static final Pattern YEAR_FIRST = pattern("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + TIME);
    private static final Pattern COMPACT =
            pattern("((?:19|20)\\d{2})(\\d{2})(\\d{2})(?:T(\\d{2})(\\d{2})(\\d{2})(Z)?)?");
    private static final Pattern NUMERIC = pattern("(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})" + TIME);
    private static final Pattern WORD_SECOND = pattern(
            "(\\d{1,2})(?:st|nd|rd|th|\\.)?(?: de |[ /.-]+)(\\p{L}+)\\.?(?: de |[ ,/.-]+)(\\d{4}|\\d{2})" + TIME);
    private static final Pattern WORD_FIRST =
            pattern("(\\p{L}+)\\.? (\\d{1,2})(?:st|nd|rd|th)?(?:, ?| )(\\d{4})" + TIME);
    private static final Pattern JAVASCRIPT = pattern("(\\p{L}{3}) (\\d{1,2}) (\\d{4})" + TIME);
    private static final Pattern EPOCH = pattern("(\\d{9,17})(?:\\.\\d{1,9})?|\\d\\.\\d{1,17}E\\+?1[0-5]");
    private static final Pattern WEEKDAY_BEFORE = pattern("(\\p{L}{2,9})\\.?,? (?=.)(.*)");

    private static final Pattern CLOCK =
            Pattern.compile("(?:^|.* )(?:at |@ ?)?(\\d{1,2}):(\\d{2})(?::\\d{2})? ?([ap]m)?$");
    private static final Pattern HOUR = Pattern.compile("(?:^|.* )(?:at |@ ?)?(\\d{1,2}) ?([ap]m)$");
    private static final Pattern AT_HOUR = Pattern.compile("(?:^|.* )at (\\d{1,2})$");
    private static final Pattern AHEAD =
            Pattern.compile("(?:in |\\+ ?)(\\d{1,4}|an?|one) (minute|hour|day|week|month|year)s?");
    private static final Pattern AGO = Pattern.compile("(\\d{1,4}|an?|one) (minute|hour|day|week|month|year)s? ago");
    private static final Pattern DAY_MONTH = Pattern.compile("(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]+)\\.?");
    private static final Pattern MONTH_DAY = Pattern.compile("([a-z]+)\\.? (\\d{1,2})(?:st|nd|rd|th)?");
    private static final Pattern DAY_OF_MONTH = Pattern.compile("(?:the )?(\\d{1,2})(?:st|nd|rd|th)");
    private static final ImportWords WORDS = ImportWords.of("dates");
    private static final Pattern RECURRING = pattern(
            "(?:.*\\b)?(?:every|ev)\\b.*|(?:" + String.join("|", WORDS.all("recurring")) + ")(?![\\p{L}]).*|[毎每매].*");

    /// Longer than from a date to its next occurrence by day and month, 29 February included.
    private static final Duration LATER = Duration.ofDays(10 * 366);

    private static final Pattern GAPS = Pattern.compile("[\\s\\u00a0\\u202f]+");
    private static final Map<String, Integer> MONTHS = months();
    private static final Map<String, DayOfWeek> WEEKDAYS = weekdays();

    private WrittenDate() {}

    /// Parses a date that does not depend on today: ISO 8601 and variants, spreadsheet dates, month
    /// names in several languages, Unix time.
    static @Nullable ImportDate absolute(String written, ZoneId zone, DayOrder order) {
        String text = tidy(written);
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return read(text, zone, order);
        } catch (DateTimeException | ArithmeticException impossible) {
            return null;
        }
    }

    private static @Nullable ImportDate read(String text, ZoneId zone, DayOrder order) {
        Matcher m = YEAR_FIRST.matcher(text);
        if (m.matches()) {
            return dated(date(m.group(1), number(m.group(3)), m.group(4)), m, 5, zone);
        }
        m = NUMERIC.matcher(text);
        if (m.matches()) {
            int first = number(m.group(1));
            int second = number(m.group(3));
            if (".".equals(m.group(2)) || first > 12 || (second <= 12 && order == DayOrder.DAY_FIRST)) {
                return dated(date(m.group(4), second, m.group(1)), m, 5, zone);
            }
            boolean monthFirst = second > 12 || order == DayOrder.MONTH_FIRST || first == second;
            return monthFirst ? dated(date(m.group(4), first, m.group(3)), m, 5, zone) : null;
        }
        m = COMPACT.matcher(text);
        if (m.matches()) {
            LocalDate date = date(m.group(1), number(m.group(2)), m.group(3));
            if (m.group(4) == null) {
                return new ImportDate.OnDate(date);
            }
            LocalTime time = LocalTime.of(number(m.group(4)), number(m.group(5)), number(m.group(6)));
            return timed(date.atTime(time), m.group(7) == null ? zone : ZoneOffset.UTC);
        }
        if (EPOCH.matcher(text).matches()) {
            return epoch(new BigDecimal(text));
        }
        return inMonthWords(text, zone);
    }

    private static @Nullable ImportDate inMonthWords(String text, ZoneId zone) {
        String rest = text;
        Matcher m = WEEKDAY_BEFORE.matcher(text);
        if (m.matches() && WEEKDAYS.containsKey(m.group(1).toLowerCase(Locale.ROOT))) {
            rest = m.group(2);
        }
        m = WORD_SECOND.matcher(rest);
        if (m.matches() && month(m.group(2)) > 0) {
            return dated(date(m.group(3), month(m.group(2)), m.group(1)), m, 4, zone);
        }
        for (Pattern pattern : new Pattern[] {WORD_FIRST, JAVASCRIPT}) {
            m = pattern.matcher(rest);
            if (m.matches() && month(m.group(1)) > 0) {
                return dated(date(m.group(3), month(m.group(1)), m.group(2)), m, 4, zone);
            }
        }
        return null;
    }

    /// The order of day and month that one value proves; null when it is not such a date or
    /// ambiguous.
    static @Nullable DayOrder evidence(String written) {
        String text = tidy(written);
        Matcher m = NUMERIC.matcher(text.length() > MAX_LENGTH ? "" : text);
        if (!m.matches() || ".".equals(m.group(2)) || m.group(1).equals(m.group(3))) {
            return null;
        }
        if (number(m.group(1)) > 12) {
            return DayOrder.DAY_FIRST;
        }
        return number(m.group(3)) > 12 ? DayOrder.MONTH_FIRST : DayOrder.UNKNOWN;
    }

    /// Parses Todoist's English words: `4 Jan`, `tomorrow at 10:00`, `in 3 days`, `2 days ago`,
    /// `Friday`. A date without a year is the next to come.
    static @Nullable ImportDate inWords(String written, ZoneId zone, Instant now) {
        ImportDate absolute = absolute(written, zone, DayOrder.UNKNOWN);
        if (absolute != null) {
            return absolute;
        }
        String text = tidy(written).toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            return words(text, now.atZone(zone));
        } catch (DateTimeException | ArithmeticException impossible) {
            return null;
        }
    }

    /// Whether [#inWords] gives another date when called later.
    static boolean isRelative(String written, ZoneId zone, Instant now) {
        return !Objects.equals(inWords(written, zone, now), inWords(written, zone, now.plus(LATER)));
    }

    private static @Nullable ImportDate words(String text, ZonedDateTime now) {
        LocalTime time = null;
        String day = text;
        Matcher clock = CLOCK.matcher(text);
        Matcher hour = HOUR.matcher(text);
        Matcher atHour = AT_HOUR.matcher(text);
        if (clock.matches()) {
            time = time(clock.group(1), clock.group(2), clock.group(3));
            day = before(text, clock);
        } else if (hour.matches()) {
            time = time(hour.group(1), "0", hour.group(2));
            day = before(text, hour);
        } else if (atHour.matches()) {
            time = time(atHour.group(1), "0", null);
            day = before(text, atHour);
        }
        ZonedDateTime at = timestamp(day, now);
        if (at != null) {
            return new ImportDate.AtTime(at.toInstant());
        }
        LocalDate date = day(day, now.toLocalDate());
        if (date == null) {
            ImportDate start = time == null ? null : absolute(day, now.getZone(), DayOrder.UNKNOWN);
            date = start == null ? null : start.date(now.getZone());
        }
        if (date == null) {
            return null;
        }
        return time == null ? new ImportDate.OnDate(date) : timed(date.atTime(time), now.getZone());
    }

    /// The text before the matched time of day, without a linking `at` or comma.
    private static String before(String text, Matcher time) {
        String day = text.substring(0, time.start(1)).strip();
        if (day.endsWith("at") || day.endsWith("@")) {
            day = day.substring(0, day.lastIndexOf(day.endsWith("@") ? "@" : "at"))
                    .strip();
        }
        return day.endsWith(",") ? day.substring(0, day.length() - 1) : day;
    }

    /// Hours and minutes from now, the only words that give a timestamp.
    private static @Nullable ZonedDateTime timestamp(String text, ZonedDateTime now) {
        Matcher ahead = AHEAD.matcher(text);
        if (ahead.matches()) {
            return shifted(now, count(ahead.group(1)), ahead.group(2));
        }
        Matcher ago = AGO.matcher(text);
        return ago.matches() ? shifted(now, -count(ago.group(1)), ago.group(2)) : null;
    }

    private static @Nullable ZonedDateTime shifted(ZonedDateTime now, long count, String unit) {
        return switch (unit) {
            case "minute" -> now.plusMinutes(count);
            case "hour" -> now.plusHours(count);
            default -> null;
        };
    }

    private static @Nullable LocalDate day(String text, LocalDate today) {
        String words = text.startsWith("on ") ? text.substring(3) : text;
        switch (words) {
            case "", "today", "tod" -> {
                return today;
            }
            case "tomorrow", "tom", "tmr" -> {
                return today.plusDays(1);
            }
            case "yesterday" -> {
                return today.minusDays(1);
            }
            case "next week" -> {
                return today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            }
            case "next month" -> {
                return today.with(TemporalAdjusters.firstDayOfNextMonth());
            }
            default -> {}
        }
        DayOfWeek weekday = WEEKDAYS.get(words);
        if (weekday != null) {
            return today.with(TemporalAdjusters.next(weekday));
        }
        Matcher ahead = AHEAD.matcher(words);
        if (ahead.matches()) {
            return shifted(today, count(ahead.group(1)), ahead.group(2));
        }
        Matcher ago = AGO.matcher(words);
        if (ago.matches()) {
            return shifted(today, -count(ago.group(1)), ago.group(2));
        }
        Matcher before = WEEKDAY_BEFORE.matcher(words);
        String date = before.matches() && WEEKDAYS.containsKey(before.group(1)) ? before.group(2) : words;
        return next(date, today);
    }

    private static @Nullable LocalDate shifted(LocalDate today, long count, String unit) {
        return switch (unit) {
            case "day" -> today.plusDays(count);
            case "week" -> today.plusWeeks(count);
            case "month" -> today.plusMonths(count);
            case "year" -> today.plusYears(count);
            default -> null;
        };
    }

    /// The next date with this day and month, or with this day in any month.
    private static @Nullable LocalDate next(String text, LocalDate today) {
        int month = 0;
        int day = 0;
        Matcher dayMonth = DAY_MONTH.matcher(text);
        Matcher monthDay = MONTH_DAY.matcher(text);
        Matcher dayOnly = DAY_OF_MONTH.matcher(text);
        if (dayOnly.matches()) {
            day = number(dayOnly.group(1));
            month = -1;
        } else if (dayMonth.matches()) {
            day = number(dayMonth.group(1));
            month = month(dayMonth.group(2));
        } else if (monthDay.matches()) {
            day = number(monthDay.group(2));
            month = month(monthDay.group(1));
        }
        if (month == 0 || day < 1 || day > 31) {
            return null;
        }
        LocalDate first = today.withDayOfMonth(1);
        for (int ahead = 0; ahead <= 8 * 12; ahead++) {
            LocalDate candidate = first.plusMonths(ahead);
            if ((month < 0 || candidate.getMonthValue() == month) && day <= candidate.lengthOfMonth()) {
                LocalDate date = candidate.withDayOfMonth(day);
                if (!date.isBefore(today)) {
                    return date;
                }
            }
        }
        return null;
    }

    /// Whether the text means a recurring date: `every day`, `jährlich`, `Every 1stday`.
    static boolean isRecurring(String written) {
        String text = tidy(written);
        return text.length() <= 1000 && RECURRING.matcher(text).matches();
    }

    private static ImportDate dated(LocalDate date, Matcher m, int time, ZoneId zone) {
        if (m.group(time) == null) {
            return new ImportDate.OnDate(date);
        }
        LocalTime clock = time(m.group(time), m.group(time + 1), m.group(time + 4));
        int second = m.group(time + 2) == null ? 0 : number(m.group(time + 2));
        String fraction = m.group(time + 3) == null ? "0" : m.group(time + 3);
        int nano = number((fraction + "00000000").substring(0, 9));
        LocalDateTime local = date.atTime(clock.withSecond(second).withNano(nano));
        String offset = m.group(time + 5);
        return timed(local, offset == null ? zone : offset(offset));
    }

    private static ImportDate timed(LocalDateTime local, ZoneId zone) {
        return new ImportDate.AtTime(local.atZone(zone).toInstant());
    }

    private static ZoneId offset(String written) {
        String digits = written.toUpperCase(Locale.ROOT)
                .replace("UTC", "")
                .replace("GMT", "")
                .replace(":", "");
        if (digits.isEmpty() || "Z".equals(digits)) {
            return ZoneOffset.UTC;
        }
        String sign = digits.substring(0, 1);
        String number = digits.substring(1);
        String padded = number.length() % 2 == 1 ? "0" + number : number;
        return ZoneOffset.of(sign + padded);
    }

    private static LocalTime time(String hour, String minute, @Nullable String half) {
        int hours = number(hour);
        if (half == null) {
            return LocalTime.of(hours, number(minute));
        }
        if (hours < 1 || hours > 12) {
            throw new DateTimeException("No such hour");
        }
        boolean afternoon = half.toLowerCase(Locale.ROOT).startsWith("p");
        return LocalTime.of(hours % 12 + (afternoon ? 12 : 0), number(minute));
    }

    private static LocalDate date(String year, int month, String day) {
        int number = number(year);
        int full = year.length() == 4 ? number : number < 70 ? 2000 + number : 1900 + number;
        if (full < 1) {
            throw new DateTimeException("No such year");
        }
        return LocalDate.of(full, month, number(day));
    }

    /// Unix time in seconds, milliseconds or microseconds, told apart by size.
    private static @Nullable ImportDate epoch(BigDecimal number) {
        long value = number.longValue();
        if (value < 100_000_000L) {
            return null;
        }
        if (value < 100_000_000_000L) {
            return new ImportDate.AtTime(Instant.ofEpochSecond(value));
        }
        return new ImportDate.AtTime(Instant.ofEpochMilli(value < 100_000_000_000_000L ? value : value / 1000));
    }

    private static long count(String text) {
        return Character.isDigit(text.charAt(0)) ? number(text) : 1;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static int month(String word) {
        return MONTHS.getOrDefault(word.toLowerCase(Locale.ROOT), 0);
    }

    private static String tidy(String text) {
        return text.length() > 2000
                ? "x".repeat(MAX_LENGTH + 1)
                : GAPS.matcher(text.strip()).replaceAll(" ");
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new HashMap<>();
        for (int month = 1; month <= 12; month++) {
            for (String name : WORDS.all("month." + month)) {
                months.put(name, month);
            }
        }
        return Map.copyOf(months);
    }

    private static Map<String, DayOfWeek> weekdays() {
        Map<String, DayOfWeek> weekdays = new HashMap<>();
        for (int day = 1; day <= 7; day++) {
            for (String name : WORDS.all("weekday." + day)) {
                weekdays.put(name, DayOfWeek.of(day));
            }
        }
        return Map.copyOf(weekdays);
    }
}
