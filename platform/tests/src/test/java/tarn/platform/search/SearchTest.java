package tarn.platform.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.testing.TestDatabase;

/// What finds what, as PostgreSQL answers it.
final class SearchTest {

    private static final Connection DATABASE = connect();

    private static Connection connect() {
        try {
            return TestDatabase.connect(TestDatabase.empty("search_rules"));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        DATABASE.close();
    }

    private static boolean finds(String query, String title, String body) throws SQLException {
        return matches(SearchQuery.of(query).tsquery(), title, body);
    }

    private static boolean matches(String query, String title, String body) throws SQLException {
        try (PreparedStatement statement = DATABASE.prepareStatement("select ?::tsvector @@ ?::tsquery")) {
            statement.setString(1, SearchDocument.of(title, body));
            statement.setString(2, query);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROJ-42 is late           | PROJ-42, proj 42, PROJ-4, proj, 42, late proj",
                "See CVE-2024-12345.       | CVE-2024-12345, 2024-12345, CVE-2024, 12345, CVE-2024-123",
                "Send report.pdf           | report.pdf, report, pdf, report.p, REPORT.PDF, rep",
                "Release v2.5.0 today      | v2.5.0, 2.5.0, v2.5, v2, 2.5, today v2.5",
                "At https://www.example.org/a?b=c | example.org, www.example.org, https://www.example.org/a, example.o, example",
                "Until 2026-12-05          | 2026-12-05, 2026-12, 12-05, 2026/12/05, 2026, 05",
                "TCP/IP (RFC 793)          | TCP/IP, tcp, ip, tcp/i, rfc, 793",
                "Fix <Button> alignment    | Fix <Button>, <Button>, button, fix butt, alignment fix",
                "Ask ada@example.org       | ada@example.org, ada, example.org",
                "10.20.30.40 and a.b_c:d-e | 10.20.30.40, 20.30.40, 30.4, b_c:d, a.b_c:d-e",
                "Don’t panic               | don't, don’t, don, panic, dont?",
                "Learn C++ and C#, not C   | C++, c+, C#, c, learn c++, c# not, J#?",
                "a+b costs 5# in F#-Code   | a+b, b costs, f#-code, code, g#-code?",
                "Call getUserName()        | getUserName, getusername, user, userN, username, get name, name call, sername?",
                "An HTTPServer of GmbHs    | http, server, httpserver, http of, gmbhs, gmb, ttp?, erver?",
                "Feier ❤️ und 🏔, 20 € §5 → | ❤️, ❤, feier ❤️, 🏔️, €, 20 €, 20€, § 5, →, feier ⚠?, 30 €?",
                "Tarn™ by Ô℃ or ½ of Hawaiʻi | ™, tarn tm, ½, hawaii",
                "GROẞE STRAẞE             | große, grosse, straße, strasse, STRAẞE, GROẞE S",
                "Launch 🚀🎉, 👍🏽 ok       | 🚀, 🎉, 🚀🎉, launch 🚀, 👍, 🎈?"
            })
    void findsWhatIsTypedItsPartsAndTheBeginningOfTheLast(String title, String queries) throws SQLException {
        for (String query : queries.split(", ", -1)) {
            boolean isNeighbour = query.endsWith("?");
            assertThat(finds(query, title, "")).as(query).isEqualTo(!isNeighbour);
            assertThat(finds(query, "", title)).as(query).isEqualTo(!isNeighbour);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROJ-42      | PROJ-43",
                "PROJ-42      | roj-42",
                "report.pdf   | report.png",
                "report pdf   | report.pdf",
                "2026-12-05   | 2026-12-06",
                "2026-12-05   | 05-12-2026",
                "v2.5.0       | v2.6",
                "example.org  | exam.org",
                "café bar     | caf bar"
            })
    void doesNotFindWhatIsOnlyLikeIt(String title, String query) throws SQLException {
        assertThat(finds(query, title, "")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Das Café in der Straße    | cafe strasse, CAFÉ, cafe\u0301, STRASSE, straße",
                "Cafe\u0301 Lodz           | café, CAFE",
                "Łódź, Ærø, İstanbul, Ὀδυσσεύς | lodz, aero, istanbul, οδυσσευς, ΟΔΥΣΣΕΎΣ",
                "Ёлка и чай                | елка, ЁЛКА, чай",
                "हिन्दी में लिखा है              | हिन्दी, हिन्, लिखा में",
                "שָׁלוֹם עולם                 | שלום, שָׁלוֹם, עולם",
                "مُحَمَّد أحمد                 | محمد, احمد, أحمد",
                "ภาษาไทยง่ายมาก             | ภาษา, ไทย, ง่าย, ภาษาไทย, มาก",
                "我们在北京开会讨论预算          | 北京, 预算, 开会讨论, 京, 会议?",
                "東京タワーの予約をする          | 東京, タワー, ﾀﾜｰ, 予約, 東, 大阪?",
                "Javaのテスト、ガイド           | java, テスト, ｶﾞｲﾄﾞ, Javaのテスト",
                "한국어를 배운다               | 한국어, 한국, \u1112\u1161\u11ab\u1100\u116e\u11a8",
                "Ｆｕｌｌ ① ٤٢ soft\u00ADhyphen | full, 1, 42, softhyphen"
            })
    void readsEveryScript(String title, String queries) throws SQLException {
        for (String query : queries.split(", ", -1)) {
            boolean isNeighbour = query.endsWith("?");
            assertThat(finds(query, title, "")).as(query).isEqualTo(!isNeighbour);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "& | ! <-> :* ( ) '", "\\", "\0", "\ud800", "\udc00\ud800", "++ # ‹", "\u0301", "\u0640"
            })
    void aQueryWithoutWordsFindsNothing(String query) {
        assertThat(SearchQuery.of(query).isEmpty()).isTrue();
    }

    @Test
    void hostileTextIsHarmless() throws SQLException {
        String title = "a'b\\c\0d\ud800e:*&|!()<->";
        String words = "word ".repeat(10_000);
        String marks = "a" + "\u0301".repeat(10_000) + "\u0939" + "\u093f".repeat(10_000);

        assertThat(finds(title, title, "")).isTrue();
        assertThat(finds(words, words, "")).isTrue();
        assertThat(finds(marks, marks, "")).isTrue();
        assertThat(finds("x".repeat(5_000), "x".repeat(5_000), "")).isTrue();
        assertThat(finds("a-".repeat(5_000), "a-".repeat(5_000), "")).isTrue();
    }

    @Test
    void theLongestTextsFitIntoARow() throws SQLException {
        StringBuilder han = new StringBuilder();
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            han.appendCodePoint(0x20000 + i * 7919 % 40_000);
            joined.append((char) ('a' + i % 26)).append(i).append(i % 60 == 0 ? ' ' : '.');
        }

        assertThat(finds(han.substring(0, 8), "", han.toString())).isTrue();
        assertThat(finds("a0", "", joined.toString())).isTrue();
    }

    @Test
    void titlesWeighMore() throws SQLException {
        String query = SearchQuery.of("tea ki").tsqueryOfTitle();

        assertThat(matches(query, "Kitchen: tea", "")).isTrue();
        assertThat(matches(query, "Tea", "kitchen")).isFalse();
        assertThat(matches(SearchQuery.of("tea ki").tsqueryOfWholeTitle(), "Kitchen: tea", ""))
                .isFalse();
        assertThat(matches(SearchQuery.of("tea kitchen").tsqueryOfWholeTitle(), "Kitchen: tea", ""))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fix <Button> now      | <but       | Fix <[Button]> now",
                "The Cafe\u0301s       | café       | The [Cafe\u0301s]",
                "PROJ-42 and 42        | proj-4     | [PROJ-42] and 42",
                "See example.org       | exam       | See [example].org",
                "我们在北京开会           | 北京        | 我们在[北京]开会",
                "<b>x</b> y            | b          | <[b]>x</[b]> y"
            })
    void marksWhatMatches(String text, String query, String marked) {
        assertThat(shown(MatchedText.of(SearchQuery.of(query), text, 500))).isEqualTo(marked);
    }

    @Test
    void anExcerptBeginsNearTheFirstMatch() {
        String text = "Words before. ".repeat(100) + "The needle\n\n is here. " + "Words after. ".repeat(100);

        String shown = shown(MatchedText.excerpt(SearchQuery.of("needle"), text, 80));

        assertThat(shown).startsWith("…").endsWith("…").contains("The [needle] is here.");
        assertThat(shown.length()).isLessThan(90);
        assertThat(shown(MatchedText.excerpt(SearchQuery.of("none"), "Short\ntext", 80)))
                .isEqualTo("Short text");
        assertThat(MatchedText.excerpt(SearchQuery.of("none"), "", 80).parts()).isEmpty();
    }

    private static String shown(MatchedText text) {
        List<MatchedText.Part> parts = text.parts();
        return parts.stream()
                .map(part -> part.match() ? "[" + part.text() + "]" : part.text())
                .collect(Collectors.joining());
    }
}
