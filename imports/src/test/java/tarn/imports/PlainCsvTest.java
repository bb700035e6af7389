package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarn.imports.ImportPlan.Item;
import tarn.imports.ImportPlan.Priority;
import tarn.imports.ImportPlan.Section;

final class PlainCsvTest {

    @Test
    void readsAGermanSpreadSheetInWindows1252() {
        ImportPlan plan = Exports.readFile("fahrrad.csv");

        Item bikes = Exports.item(plan, "Fahrräder prüfen");
        Item brakes = Exports.item(plan, "Bremsen");
        assertThat(plan.sections())
                .extracting(Section::name)
                .containsExactly("In Bearbeitung", "Erledigt", "Abgebrochen");
        assertThat(bikes.done()).isTrue();
        assertThat(bikes.priority()).isEqualTo(Priority.HIGH);
        assertThat(bikes.start()).hasToString("2026-01-05");
        assertThat(bikes.due()).hasToString("2026-01-31");
        assertThat(Exports.labels(plan, bikes)).containsExactly("Büro", "Grün");
        assertThat(bikes.description()).isEqualTo("Nr: 1\nWert in €: 20,50");
        assertThat(Exports.parent(plan, brakes)).isEqualTo("Fahrräder prüfen");
        assertThat(brakes.priority()).isEqualTo(Priority.URGENT);
        assertThat(brakes.due()).hasToString("2026-02-01T13:30:00Z");
        assertThat(Exports.item(plan, "Öl \"kaufen\"").description())
                .isEqualTo("Fällig am: bald\nPriorität: na ja\nNr: 3");
        assertThat(Exports.report(plan))
                .containsExactly(
                        "adjusted charset",
                        "4 adjusted unknown-date",
                        "4 adjusted unknown-status",
                        "4 adjusted unknown-priority",
                        "1 info status-sections",
                        "1 info further-columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void findsOutTheDelimiter(String delimiter) {
        ImportPlan plan = Exports.read("title,notes,due\nA,\"x;y,z\tq|r\",2026-01-05\n"
                .replace("\"x;y,z\tq|r\"", "@")
                .replace(",", delimiter)
                .replace("@", "\"x;y,z\tq|r\""));

        assertThat(plan.items().getFirst().description()).isEqualTo("x;y,z\tq|r");
        assertThat(plan.items().getFirst().due()).hasToString("2026-01-05");
    }

    @Test
    void followsTheSeparatorThatExcelNames() {
        ImportPlan plan = Exports.read("sep=;\ntitle;due\nA, B, C;2026-01-05\n");

        assertThat(Exports.titles(plan)).containsExactly("A, B, C");
    }

    @Test
    void aKeyNamesTheTaskWhereNoTitleDoes() {
        ImportPlan plan = Exports.read("id,project,task,finished_date\nP0-T1,0,5052,2015-02-04\n");

        Item item = plan.items().getFirst();
        assertThat(item.title()).isEqualTo("P0-T1");
        assertThat(item.description()).isEqualTo("project: 0\ntask: 5052");
        assertThat(item.done()).isTrue();
        assertThat(item.completedAt()).isEqualTo(Instant.parse("2015-02-03T23:00:00Z"));
        assertThat(Exports.report(plan)).containsExactly("1 info title-column", "1 info further-columns");
    }

    @Test
    void rowsWithTheSameKeyRemainSeparateTasks() {
        ImportPlan plan = Exports.read(
                "key,summary,done,parent\nA-1,One,,\nA-1,One,2019-01-30T15:57:06.522-0200,\nA-2,Two,,A-1\n");

        assertThat(Exports.titles(plan)).containsExactly("One", "Two", "One");
        assertThat(plan.items()).extracting(Item::done).containsExactly(false, false, true);
        assertThat(Exports.report(plan)).containsExactly("3 info duplicate-key");
    }

    @Test
    void oneProvenDateDecidesTheOrderOfAll() {
        String unproven = "title,due,start\nA,02/03/2026,\n";

        assertThat(Exports.read(unproven + "B,,31/12/2025\n").items().getFirst().due())
                .hasToString("2026-03-02");
        ImportPlan guessed = Exports.read(unproven);
        assertThat(guessed.items().getFirst().due()).hasToString("2026-02-03");
        assertThat(Exports.report(guessed)).containsExactly("2 adjusted ambiguous-dates");
        ImportPlan mixed = Exports.read(unproven + "B,31/12/2025,12/31/2025\n");
        assertThat(mixed.items().getFirst().description()).isEqualTo("due: 02/03/2026");
    }

    @Test
    void keepsAStartAfterTheDueDateAsText() {
        ImportPlan plan = Exports.read("title,start,due\nA,2026-02-01,2026-01-01\n");

        assertThat(plan.items().getFirst().start()).isNull();
        assertThat(plan.items().getFirst().description()).isEqualTo("Start: 2026-02-01");
        assertThat(Exports.report(plan)).containsExactly("2 adjusted start-after-due");
    }

    @Test
    void readsStatusesFlagsAndPriorities() {
        ImportPlan plan = Exports.read("""
            name,state,list,completed,closed at,prio
            A,Closed,Inbox,,,1
            B,,Inbox,x,,P2 - soon
            C,open,Inbox,yes,2026-01-01,(Low)
            D,,Inbox,perhaps,Every 1stday,none
            E,Odd,,no,1548863826522.0,
            """);

        assertThat(plan.items()).extracting(Item::done).containsExactly(true, true, false, false, true);
        assertThat(plan.items())
                .extracting(Item::priority)
                .containsExactly(Priority.URGENT, Priority.NONE, Priority.LOW, Priority.NONE, Priority.NONE);
        assertThat(Exports.item(plan, "C").description()).contains("closed at: 2026-01-01", "state: open");
        assertThat(Exports.report(plan))
                .containsExactly(
                        "3 adjusted unknown-priority",
                        "4 adjusted status-contradicts",
                        "5 adjusted unknown-date",
                        "5 adjusted unknown-date",
                        "2 info numeric-priority",
                        "6 info unknown-status");
    }

    @Test
    void recurringDatesAreLeftOutWithTheirWords() {
        ImportPlan plan = Exports.read("title,due\nRent,Every 1stday\n");

        assertThat(plan.items().getFirst().description()).isEqualTo("Repeats: Every 1stday");
        assertThat(plan.leftOut()).isEqualTo(1);
    }

    @Test
    void joinsTextWhoseCommasWereNotQuoted() {
        ImportPlan plan = Exports.read("""
            title,due,notes
            Bread, butter, jam,2026-01-05,for two
            Tea,2026-01-05,hot, sweet
            Odd,never,a,b
            """);

        assertThat(Exports.titles(plan)).containsExactly("Bread, butter, jam", "Tea", "Odd");
        assertThat(Exports.item(plan, "Tea").description()).isEqualTo("hot, sweet");
        assertThat(Exports.item(plan, "Odd").description()).contains("a", "Further field: b");
    }

    @Test
    void skipsWhatStandsBeforeTheHeader() {
        ImportPlan plan = Exports.read("""
            "Date: 2026-11-21+0000"
            "Version: 7.1"
            "List Name","Title","Tags","Content","Is Check list","Due Date","Priority","Column Name","taskId","parentId"
            "Home","Child","[a,b]","text","N","2026-01-05T10:00:00+0000","5","Soon","2","1"
            "Home","Parent","","","N","null","1","","1","-"
            """);

        assertThat(Exports.titles(plan)).containsExactly("Parent", "Child");
        assertThat(Exports.section(plan, Exports.item(plan, "Child"))).isEqualTo("Soon");
        assertThat(Exports.section(plan, Exports.item(plan, "Parent"))).isEqualTo("Home");
        assertThat(Exports.item(plan, "Child").description()).startsWith("text\n\nList Name: Home");
        assertThat(Exports.labels(plan, Exports.item(plan, "Child"))).containsExactly("a", "b");
        assertThat(plan.items()).extracting(Item::priority).containsExactly(Priority.LOW, Priority.HIGH);
        assertThat(Exports.report(plan))
                .containsExactly("1 left-out before-header", "2 left-out before-header", "3 info further-columns");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        Chiave,Riepilogo,Tipo,Stato/A-1,Primo,Errore,Aperto/A-2,Secondo,Task,Done ~ Primo,Secondo
        Chiave;Riepilogo;;/A-1;Primo;Errore;Aperto/A-2;Secondo;Task;Done ~ Primo,Secondo
        Titel,Sorte,Lage/Eins,Issue,Offen/Name,Status,Priority ~ Eins,Name
        Name,Status,Due/Title,Status,Due/B,Done, ~ Title,B
        Задача,Статус/Первая,Title/Summary,Done ~ Первая,Summary
        タイトル,状態/一,進行中/Task,Done ~ 一,Task
        """)
    void theFirstRowIsTheHeaderWhateverLaterRowsSay(String file, String titles) {
        ImportPlan plan = Exports.read(file.replace('/', '\n'));

        assertThat(Exports.titles(plan)).containsExactly(titles.split(",", -1));
        assertThat(plan.leftOut()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        Plan;Q1/Exported;2026/Title;Status;Due;Notes/A;;;x ~ ~ A ~ 2
        Plan/Zeug;Ding;Was/A;B;C ~ title:Zeug ~ A ~ 1
        A,B/Title,Due/C,2026-01-05 ~ title:A ~ Title,C ~ 0
        A,B/Title,Due/C,2026-01-05 ~ title:Title ~ C ~ 1
        Name,Kind/Title,Due/C,2026-01-05 ~ due:Due ~ C ~ 1
        Title,Due/A,/Title,Due/B, ~ ~ A,B ~ 1
        """)
    void whatIsNoTaskIsShownAsLeftOut(String file, @Nullable String columns, String titles, int leftOut) {
        byte[] bytes = file.replace('/', '\n').getBytes(StandardCharsets.UTF_8);
        Map<String, String> named = columns == null ? Map.of() : ImportReader.columns(columns);
        ImportReader.Options options =
                new ImportReader.Options(null, null, null, null, named, Exports.BERLIN, Exports.NOW);

        ImportPlan plan = Exports.read(bytes, options);

        assertThat(Exports.titles(plan)).containsExactly(titles.split(",", -1));
        assertThat(plan.leftOut()).isEqualTo(leftOut);
    }

    @Test
    void tickTicksStatusSaysWhatWasDone() {
        ImportPlan plan = Exports.read("""
            "List Name","Title","Is Check list","Priority","Status","Completed Time"
            "L","Open","N","0","0",""
            "L","Done","N","0","1","2026-01-05T10:00:00+0000"
            "L","Archived","N","0","2",""
            "L","Dropped","N","0","-1",""
            """);

        assertThat(plan.items()).extracting(Item::done).containsExactly(false, true, true, true);
        assertThat(plan.items()).extracting(Item::archived).containsExactly(false, false, true, false);
        assertThat(plan.items()).extracting(Item::description).noneMatch(text -> text.contains("Status"));
        assertThat(plan.sections()).extracting(Section::name).containsExactly("L");
    }

    @Test
    void emptyFieldsTooManyCountForNothing() {
        ImportPlan plan = Exports.read("""
            title,due,notes
            Bread, butter,2026-01-05,for two,
            Tea,2026-01-05,hot,,,
            Milk, sugar,2026-01-05,,,
            """);

        assertThat(Exports.titles(plan)).containsExactly("Bread, butter", "Tea", "Milk, sugar");
        assertThat(Exports.item(plan, "Bread, butter").description()).isEqualTo("for two");
        assertThat(Exports.report(plan))
                .containsExactly("2 adjusted too-many-fields", "4 adjusted too-many-fields", "2 info trimmed");
    }

    @Test
    void circlesAndUnknownParentsAreOpened() {
        ImportPlan plan = Exports.read("id,title,parent\n1,A,2\n2,B,1\n3,C,3\n4,D,99\n5,E,B\n");

        assertThat(Exports.titles(plan)).containsExactly("B", "A", "E", "C", "D");
        assertThat(Exports.item(plan, "C").description()).contains("Parent: 3");
        assertThat(Exports.report(plan))
                .containsExactlyInAnyOrder(
                        "3 adjusted unknown-parent", "4 adjusted unknown-parent", "5 adjusted unknown-parent");
    }

    @Test
    void columnsCanBeNamedByTheCaller() {
        byte[] file = "Was ist los,Wann,Was\nA,2026-01-05,B\n".getBytes(StandardCharsets.UTF_8);
        Map<String, String> columns = ImportReader.columns("title:Was ist los,due:Wann");

        ImportPlan plan = Exports.read(
                file,
                new ImportReader.Options(ImportFormat.CSV, "Mine", null, null, columns, Exports.BERLIN, Exports.NOW));

        assertThat(plan.projectName()).isEqualTo("Mine");
        assertThat(plan.items().getFirst().title()).isEqualTo("A");
        assertThat(plan.items().getFirst().due()).hasToString("2026-01-05");
        assertThat(ImportReader.columns("title:A, or B,due:C")).containsEntry("title", "A, or B");
        assertThatThrownBy(() -> ImportReader.columns("Titel=A")).hasMessageStartingWith("invalid-columns");
        assertThatThrownBy(() -> Exports.read(
                        file,
                        new ImportReader.Options(
                                null, null, null, null, Map.of("title", "Nope"), Exports.BERLIN, Exports.NOW)))
                .hasMessageContaining("“Wann”");
        assertThatThrownBy(() -> Exports.read(
                        file,
                        new ImportReader.Options(
                                null, null, null, null, Map.of("colour", "Was"), Exports.BERLIN, Exports.NOW)))
                .hasMessageStartingWith("invalid-columns");
    }

    @Test
    void takesTheFirstFreeColumnWhereTheRestIsClear() {
        ImportPlan plan = Exports.read("Thing,Due,Status\nA,2026-01-05,open\n");

        assertThat(Exports.titles(plan)).containsExactly("A");
        assertThat(Exports.report(plan)).contains("1 adjusted title-column");
        assertThatThrownBy(() -> Exports.read("a,b\nc,d\n")).hasMessageStartingWith("no-title-column");
        assertThatThrownBy(() -> Exports.read("title,due\n")).hasMessageStartingWith("empty");
    }

    @Test
    void cutsLongTitlesAndKeepsTheWhole() {
        String emoji = "🌱".repeat(501);

        ImportPlan plan = Exports.read("title,notes\n" + emoji + ",x\n\"two\nlines\",\n ,y\n");

        Item cut = plan.items().getFirst();
        assertThat(cut.title().codePointCount(0, cut.title().length())).isEqualTo(500);
        assertThat(cut.description()).isEqualTo(emoji + "\n\nx");
        assertThat(plan.items().get(1).title()).isEqualTo("two lines");
        assertThat(plan.items().get(2).title()).isEqualTo("Untitled");
        assertThat(Exports.report(plan))
                .containsExactly(
                        "2 adjusted title-cut", "3 adjusted title-lines", "5 adjusted untitled", "5 info trimmed");
    }
}
