package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.imports.WrittenDate.DayOrder;

final class WrittenDateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2026-01-05                               | 2026-01-05
        2026/1/5                                 | 2026-01-05
        20260105                                 | 2026-01-05
        20260105T101500Z                         | 2026-01-05T10:15:00Z
        20260105T101500                          | 2026-01-05T10:15:00Z
        2019-01-30T15:57:06.522-0200             | 2019-01-30T17:57:06.522Z
        2019-01-30T15:57:06+05:30                | 2019-01-30T10:27:06Z
        2019-01-30 15:57:06,5 UTC                | 2019-01-30T15:57:06.500Z
        2019-01-30 3:57 PM                       | 2019-01-30T15:57:00Z
        05.01.2026 14:30                         | 2026-01-05T14:30:00Z
        31/12/2026                               | 2026-12-31
        12/31/26                                 | 2026-12-31
        02/03/2026                               | 2026-02-03
        30/Jan/19 3:57 PM                        | 2019-01-30T15:57:00Z
        Tue, 05 Jan 2026 10:00:00 GMT            | 2026-01-05T10:00:00Z
        Jan 5, 2026                              | 2026-01-05
        Mon Jan 05 2026 10:00:00 GMT+0100 (CET)  | 2026-01-05T09:00:00Z
        5. März 2026                             | 2026-03-05
        5 de janeiro de 2026                     | 2026-01-05
        1548863826                               | 2019-01-30T15:57:06Z
        1548863826522                            | 2019-01-30T15:57:06.522Z
        1548863826522.0                          | 2019-01-30T15:57:06.522Z
        1.548863826522E12                        | 2019-01-30T15:57:06.522Z
        1548863826522000                         | 2019-01-30T15:57:06.522Z
        """)
    void readsDatesOfPrograms(String written, String date) {
        assertThat(WrittenDate.absolute(written, ZoneOffset.UTC, DayOrder.MONTH_FIRST))
                .hasToString(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "5",
                "43831",
                "2026-02-30",
                "2026-13-01",
                "31.02.2026",
                "13:00",
                "2026-01-05 25:00",
                "2026-01-05 13:00 PM",
                "0000-01-01",
                "999999999999999999999",
                "1e999999999",
                "12 Foo 2026",
                "99/99/2026"
            })
    void whatIsNotCertainIsNoDate(String written) {
        assertThat(WrittenDate.absolute(written, ZoneOffset.UTC, DayOrder.MONTH_FIRST))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        today                | 2026-11-21
        today at 18:00       | 2026-11-21T17:00:00Z
        tom 9am              | 2026-11-22T08:00:00Z
        yesterday            | 2026-11-20
        in 3 days            | 2026-11-24
        in a week            | 2026-11-28
        in 2 hours           | 2026-11-21T12:00:00Z
        30 minutes ago       | 2026-11-21T09:30:00Z
        2 days ago           | 2026-11-19
        in 1 month at 10     | 2026-12-21T09:00:00Z
        2 years ago          | 2024-11-21
        Friday               | 2026-11-27
        sat                  | 2026-11-28
        next week            | 2026-11-23
        next month           | 2026-12-01
        4 Jan                | 2027-01-04
        Jan 4th, 10:00       | 2027-01-04T09:00:00Z
        21 Nov               | 2026-11-21
        Mon 23 Nov @ 6pm     | 2026-11-23T17:00:00Z
        5 Jan 2026 6pm       | 2026-01-05T17:00:00Z
        29 Feb               | 2028-02-29
        the 5th              | 2026-12-05
        on 2026-12-24        |
        31 Feb               |
        next Friday          |
        no idea at 25:00     |
        04/05/2026           |
        """)
    void readsDatesInWords(String written, @Nullable String date) {
        ImportDate read = WrittenDate.inWords(written, Exports.BERLIN, Exports.NOW);
        assertThat(read == null ? null : read.toString()).isEqualTo(date);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "every day",
                "Every 1stday",
                "ev! 2 weeks",
                "after 3 days",
                "daily",
                "jährlich",
                "jeden Montag",
                "tous les jours",
                "cada semana",
                "5 Jan every year",
                "毎日"
            })
    void knowsWhatRepeats(String written) {
        assertThat(WrittenDate.isRecurring(written)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2 days ago, true",
        "tomorrow at 18:00, true",
        "Friday, true",
        "4 Jan, true",
        "29 Feb, true",
        "10:00, true",
        "2026-12-24, false",
        "24 Dec 2026 6pm, false",
        "no idea, false"
    })
    void knowsWhatDependsOnTheDayItIsRead(String written, boolean isRelative) {
        assertThat(WrittenDate.isRelative(written, Exports.BERLIN, Exports.NOW)).isEqualTo(isRelative);
    }

    @Test
    void allegedlyIsNoRepetition() {
        assertThat(WrittenDate.isRecurring("allegedly on 5 Jan")).isFalse();
    }
}
