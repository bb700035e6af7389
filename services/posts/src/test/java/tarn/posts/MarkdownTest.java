package tarn.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkdownTest {

    private static final Mention ADA =
            new Mention(UUID.fromString("0190a000-0000-7000-8000-00000000000a"), "Ada Lovelace");
    private static final Mention TWISTED =
            new Mention(UUID.fromString("0190a000-0000-7000-8000-00000000000b"), "<b>Eve\u202e \"E\" O'Neil");
    private static final Handles PEOPLE = Handles.of(List.of(ADA, TWISTED));
    private static final String ADA_HTML =
            "<span class=\"mention\" data-user=\"0190a000-0000-7000-8000-00000000000a\">@Ada Lovelace</span>";

    /// Everything that may come out, and with which attributes.
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("p", Set.of("dir")),
            Map.entry("br", Set.of()),
            Map.entry("hr", Set.of()),
            Map.entry("h1", Set.of("dir")),
            Map.entry("h2", Set.of("dir")),
            Map.entry("h3", Set.of("dir")),
            Map.entry("h4", Set.of("dir")),
            Map.entry("h5", Set.of("dir")),
            Map.entry("h6", Set.of("dir")),
            Map.entry("em", Set.of()),
            Map.entry("strong", Set.of()),
            Map.entry("del", Set.of()),
            Map.entry("blockquote", Set.of("dir")),
            Map.entry("ul", Set.of("dir")),
            Map.entry("ol", Set.of("start", "dir")),
            Map.entry("li", Set.of("dir")),
            Map.entry("pre", Set.of()),
            Map.entry("code", Set.of("class")),
            Map.entry("table", Set.of("dir")),
            Map.entry("thead", Set.of()),
            Map.entry("tbody", Set.of()),
            Map.entry("tr", Set.of()),
            Map.entry("th", Set.of("align", "dir")),
            Map.entry("td", Set.of("align", "dir")),
            Map.entry("a", Set.of("href", "title", "rel")),
            Map.entry("img", Set.of("src", "alt", "title")),
            Map.entry("input", Set.of("type", "checked", "disabled")),
            Map.entry("span", Set.of("class", "data-user")));

    private static final Pattern LINK = Pattern.compile("(?i)(https?:|mailto:|[^:]*$|[^:]*[/?#])[^\\p{Cntrl}]*");
    private static final Pattern CODE_POINT = Pattern.compile("\\{U\\+([0-9A-F]{4})}");

    private final Markdown markdown = new Markdown();

    static Stream<String> hostile() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(MarkdownTest.class.getResourceAsStream("/hostile-markdown.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> CODE_POINT
                            .matcher(line)
                            .replaceAll(found -> "\\" + (char) Integer.parseInt(found.group(1), 16))
                            .replace('⏎', '\n'));
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothingHostileComesOut(String text) {
        for (String wrapped : List.of(
                text, "> " + text, "- " + text, "**" + text + "**", "| a |\n|---|\n| " + text + " |", text + text)) {
            assertClean(wrapped);
        }
    }

    @Test
    void nothingHostileComesOutOfAllOfItTogether() throws IOException {
        List<String> all = hostile().toList();

        assertThat(all).hasSizeGreaterThan(130);
        assertClean(String.join("\n\n", all));
        assertClean(String.join("\n", all));
        assertClean(String.join(" ", all));
    }

    private void assertClean(String text) {
        String html = html(text);
        assertAllowed(text, html);
        // Browsers write and read again what they were given: that must not make something else of it.
        assertAllowed(text, Jsoup.parseBodyFragment(html).body().html());
    }

    private static void assertAllowed(String text, String html) {
        Element body = Jsoup.parseBodyFragment(html).body();
        for (Element element : body.select("body *")) {
            String what = text + "\nbecame\n" + html;
            assertThat(ALLOWED).as(what).containsKey(element.tagName());
            for (Attribute attribute : element.attributes()) {
                assertThat(ALLOWED.getOrDefault(element.tagName(), Set.of()))
                        .as(what)
                        .contains(attribute.getKey());
            }
            if (element.hasAttr("href")) {
                assertThat(element.attr("href")).as(what).matches(LINK);
                assertThat(element.attr("rel").split(" ", -1)).as(what).contains("nofollow", "noopener", "noreferrer");
            }
            if (element.hasAttr("src")) {
                assertThat(element.attr("src")).as(what).startsWith("https://");
            }
        }
        assertThat(html).as(text).doesNotContainPattern("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u001b]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "**a** *b* ~~c~~ `d` | <p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>",
                "[x](https://a.example 't') | <p><a href=^https://a.example^ title=^t^ rel=^nofollow noopener noreferrer^>x</a></p>",
                "[x](javascript:alert) y | <p>x y</p>",
                "[x](javascript:alert 't') | <p>x</p>",
                "# Title | <h1>Title</h1>",
                "7. a | <ol start=^7^><li>a</li></ol>",
                "- [x] a | <ul><li><input type=^checkbox^ disabled=^^ checked=^^ /> a</li></ul>",
                "![a](https://a.example/b.png) | <p><img src=^https://a.example/b.png^ alt=^a^ /></p>",
                "a <b>c</b> | <p>a &lt;b&gt;c&lt;/b&gt;</p>",
                "[x](/projects/1?a=b#c) | <p><a href=^/projects/1?a=b#c^ rel=^nofollow noopener noreferrer^>x</a></p>",
                "--- | <hr />",
            })
    void becomesWhatItSays(String text, String expected) {
        Element body = Jsoup.parseBodyFragment(html(text)).body();
        body.select("[dir=auto]").removeAttr("dir");

        assertThat(body.html().replace("\n", ""))
                .isEqualTo(Jsoup.parseBodyFragment(expected.replace('^', '"'))
                        .body()
                        .html()
                        .replace("\n", ""));
    }

    @Test
    void tablesAndCodeKeepTheirLook() {
        Element table =
                Jsoup.parseBodyFragment(html("| a | b |\n|:-:|--:|\n| 1 | 2 |")).body();
        Element code = Jsoup.parseBodyFragment(html("```java\nint a;\n```")).body();

        assertThat(table.select("th").eachAttr("align")).containsExactly("center", "right");
        assertThat(table.select("td").eachText()).containsExactly("1", "2");
        assertThat(code.select("pre > code").attr("class")).isEqualTo("language-java");
    }

    @Test
    void bareLinksAreLinks() {
        Element body = Jsoup.parseBodyFragment(html("https://a.example/b?c=d, www.b.example or ada@c.example"))
                .body();

        assertThat(body.select("a").eachAttr("href"))
                .containsExactly("https://a.example/b?c=d", "http://www.b.example", "mailto:ada@c.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "見て https://a.example/b。次 | https://a.example/b",
                "（https://a.example/b）と | https://a.example/b",
                "”https://a.example/b” x | https://a.example/b",
                "«https://a.example/b» | https://a.example/b",
                "https://a.example/b… | https://a.example/b",
                "見https://a.example/日本、と | https://a.example/%E6%97%A5%E6%9C%AC",
                "(https://a.example/b_(c)). | https://a.example/b_%28c%29",
                "https://a.example/__init__.py | https://a.example/__init__.py",
                "https://a.example/*a*/b? | https://a.example/*a*/b",
                "**https://a.example/b**, x | https://a.example/b",
                "_https://a.example/b_ | https://a.example/b",
                "'https://a.example/b'! | https://a.example/b",
                "[https://a.example](https://b.example) | https://b.example",
                "[see www.a.example now](https://b.example) | https://b.example",
            })
    void aBareLinkEndsWhereItsReaderWouldEndIt(String text, String expected) {
        Element body = Jsoup.parseBodyFragment(html(text)).body();

        assertThat(body.select("a").eachAttr("href")).containsExactly(expected);
        assertAllowed(text, html(text));
    }

    @Test
    void lineBreaksAreKept() {
        Element body =
                Jsoup.parseBodyFragment(html("Dear Ada,\nthank you\n\n- a\nb")).body();

        assertThat(body.select("p > br, li br")).hasSize(2);
    }

    @Test
    void blocksRunTheWayTheirTextDoes() {
        Element body = Jsoup.parseBodyFragment(html("# שלום\n\nשלום\n\n- שלום\n\n> a\n\n| a |\n|---|\n| b |"))
                .body();

        assertThat(body.select("h1, p, ul, li, blockquote, table, th, td").eachAttr("dir"))
                .hasSize(9)
                .containsOnly("auto");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "@john_doe ok | john_doe",
                "@John-Doe | john_doe",
                "@ada.lovelace. | ada.lovelace",
                "@D'Arcy Smith's | D'Arcy Smith",
                "@D’Arcy Smith | D'Arcy Smith",
                "@d-arcy-smith | D'Arcy Smith",
                "@E\u0301va | Éva",
                "@Éva, | Éva",
                "请@Éva看看 | Éva",
                "＠Éva | Éva",
                "@田中さん | 田中",
                "@田中太郎さん | 田中太郎",
                "@Ann Lee Park | Ann Lee Park",
                "@Ann Lee | Ann Lee",
                "@Ann\u00a0Lee | Ann Lee",
            })
    void aNameIsWrittenAsItIsShown(String text, String expected) {
        List<Mention> users = Stream.of(
                        "john_doe", "ada.lovelace", "D'Arcy Smith", "Éva", "田中", "田中太郎", "Ann Lee", "Ann Lee Park")
                .map(name -> new Mention(new UUID(7, name.hashCode()), name))
                .toList();

        RenderedMarkdown rendered = markdown.render(text, Handles.of(users));

        assertThat(rendered.mentions()).extracting(Mention::name).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@ada",
                "@ADA",
                "@ada-lovelace",
                "@Ada-Lovelace",
                "(@ada)",
                "@ada's",
                "@ada.",
                "**@ada**",
                "# @ada",
                "> @ada",
                "x @ada, y",
                "| @ada |\n|---|",
                "~~@ada~~",
                "@nobody @ada"
            })
    void aHandleBecomesTheNameOfAMember(String text) {
        RenderedMarkdown rendered = markdown.render(text, PEOPLE);

        assertThat(decoded(rendered.html())).contains(ADA_HTML);
        assertThat(rendered.mentions()).containsExactly(ADA);
        assertAllowed(text, rendered.html());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@nobody",
                "@lovelace",
                "ada",
                "@ ada",
                "x@ada",
                "x.@ada",
                "@@ada",
                "_@ada",
                "@adaa",
                "@ada-x",
                "@ada_x",
                "`@ada`",
                "    @ada",
                "```\n@ada\n```",
                "[@ada](https://a.example)",
                "https://a.example/@ada",
                "![@ada](https://a.example/b.png)",
                "x@ada.example",
                "@ada.kid"
            })
    void anythingElseStaysText(String text) {
        RenderedMarkdown rendered = markdown.render(text, PEOPLE);

        assertThat(rendered.html()).doesNotContain("mention");
        assertThat(rendered.mentions()).isEmpty();
    }

    @Test
    void aUserIsMentionedOnceAndBesideOthers() {
        RenderedMarkdown rendered = markdown.render("@ada and @ada-lovelace and @b-eve-e-o-neil", PEOPLE);

        assertThat(rendered.mentions()).containsExactly(TWISTED, ADA);
        assertThat(Jsoup.parseBodyFragment(rendered.html()).select("span").eachText())
                .containsExactly("@Ada Lovelace", "@Ada Lovelace", "@<b>Eve \"E\" O'Neil");
        assertAllowed("a name", rendered.html());
    }

    @Test
    void aWholeNameIsOneUserAndIsNotSaidTwice() {
        Mention bob = new Mention(new UUID(7, 1), "Bob Brk");
        Mention other = new Mention(new UUID(7, 2), "Bob Alt");
        Handles users = Handles.of(List.of(ADA, bob, other));

        RenderedMarkdown rendered = markdown.render("@Ada Lovelace, @bob brk! @Bob Alt. @Bob Altmann and @bob", users);

        assertThat(rendered.mentions()).containsExactlyInAnyOrder(ADA, bob, other);
        assertThat(decoded(Jsoup.parseBodyFragment(rendered.html()).body().text()))
                .isEqualTo("@Ada Lovelace, @Bob Brk! @Bob Alt. @Bob Altmann and @bob");
    }

    @Test
    void aNameThatTwoUsersHaveMeansNeither() {
        Mention bob = new Mention(new UUID(7, 1), "Bob Brk");
        Mention other = new Mention(new UUID(7, 2), "Bob Brk");
        Mention third = new Mention(new UUID(7, 3), "Bob");

        RenderedMarkdown rendered =
                markdown.render("@Bob Brk and @bob-brk", Handles.of(List.of(ADA, bob, other, third)));

        assertThat(rendered.mentions()).isEmpty();
    }

    static Stream<String> pathological() {
        List<String> units = List.of(
                ">",
                "[",
                "*",
                "(",
                "`",
                "- ",
                "1. ",
                "> - ",
                "![",
                "[a](",
                "<",
                "&",
                "_",
                "~",
                "**a ",
                "*a_",
                "[a]: ",
                "<a@b.c> ",
                "www.a",
                "a@b",
                "http://",
                "\\",
                "`a``b",
                "![[]()",
                "|",
                "@a",
                "@ada ",
                "*a **a ",
                "<!--",
                "<?",
                "<![CDATA[",
                "&#x110000;",
                "~a~~b",
                "a\n\n  - ",
                "\t",
                "- \n",
                "[a][",
                "[a]\n",
                "~~~\n",
                "x|",
                "[]()",
                "(<",
                "[a](<b)",
                "a**b",
                "\u0301",
                "\ud83d\ude00",
                "-a-");
        Map<String, String> shaped = new LinkedHashMap<>();
        shaped.put("nested list", lines(190, level -> " ".repeat(level) + "- a"));
        shaped.put("nested list, wide", lines(140, level -> "  ".repeat(level) + "* a"));
        shaped.put(
                "ticks",
                String.join("a", IntStream.range(1, 190).mapToObj("`"::repeat).toList()));
        shaped.put("handle", "@a" + "-a".repeat(9_999));
        shaped.put("no handle", "@a" + "-a".repeat(9_998) + "_");
        shaped.put("address", "<a@b" + ".b".repeat(9_990) + ">");
        shaped.put("attributes", "<a" + " b".repeat(9_990) + ">");
        shaped.put("cells", "|a".repeat(2_500) + "|\n" + "|-".repeat(2_500) + "|\n" + "a\n".repeat(4_900));
        shaped.put("titles", "[a]: <b> \"" + "x".repeat(9_000) + "\"\n\n" + "[a]".repeat(3_000));
        shaped.put("addresses", "[a]: https://" + "x".repeat(9_000) + "\n\n" + "[a]".repeat(3_600));
        return Stream.concat(units.stream().map(unit -> unit.repeat(20_000 / unit.length())), shaped.values().stream());
    }

    private static String lines(int count, IntFunction<String> line) {
        String all = String.join("\n", IntStream.range(0, count).mapToObj(line).toList());
        return all.substring(0, Math.min(20_000, all.length()));
    }

    @ParameterizedTest
    @MethodSource("pathological")
    void isBoundedHoweverItIsNested(String text) {
        String html = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> html(text));

        assertThat(html).hasSizeLessThan(600_000);
        Element body = Jsoup.parseBodyFragment(html).body();
        assertThat(depth(body)).isLessThan(200);
        assertAllowed(text.substring(0, 20), html);
    }

    @Test
    void whatIsTooMuchIsShownAsItWasWritten() {
        String cells = "|@ada".repeat(60) + "|\n" + "|-".repeat(60) + "|\n" + "<b>\n".repeat(100);
        String titles = "[a]: <b> \"" + "x".repeat(9_000) + "\"\n\n" + "[a]".repeat(3_000);

        assertThat(Jsoup.parseBodyFragment(html(cells)).select("pre > code").text())
                .contains("|@ada|")
                .contains("<b>");
        assertThat(markdown.render(cells, PEOPLE).mentions()).isEmpty();
        assertThat(html(titles)).startsWith("<pre><code>[a]: ").hasSizeLessThan(60_000);
    }

    private static int depth(Element top) {
        return top.getAllElements().stream()
                .mapToInt(element -> element.parents().size())
                .max()
                .orElse(0);
    }

    private String html(String text) {
        return markdown.render(text, PEOPLE).html();
    }

    /// As browsers read it.
    private static String decoded(String html) {
        return html.replace("&#64;", "@");
    }
}
