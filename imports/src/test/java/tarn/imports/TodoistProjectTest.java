package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tarn.imports.ImportPlan.Item;
import tarn.imports.ImportPlan.Priority;

final class TodoistProjectTest {
    private static final String HEADER = "TYPE,CONTENT,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\n";

    private final ImportPlan plan = Exports.readFile("trip [2203].csv");

    @Test
    void namesTheProjectAfterTheFileAndDescribesItByItsNotes() {
        assertThat(plan.format()).isEqualTo(ImportFormat.TODOIST);
        assertThat(plan.projectName()).isEqualTo("trip");
        assertThat(plan.description()).isEqualTo("About the whole project");
    }

    @Test
    void indentsBecomeSubTasksOfTheNearestTask() {
        assertThat(Exports.parent(plan, Exports.item(plan, "Shirts, five"))).isEqualTo("Packing list");
        assertThat(Exports.parent(plan, Exports.item(plan, "Ask @bob about the keys")))
                .isEqualTo("Water the plants");
        assertThat(Exports.section(plan, Exports.item(plan, "Ask @bob about the keys")))
                .isEqualTo("Later");
    }

    @Test
    void labelsLeaveTheEndOfTheTitleButNotASentence() {
        assertThat(Exports.labels(plan, Exports.item(plan, "Shirts, five"))).containsExactly("home", "30min");
        assertThat(Exports.labels(plan, Exports.item(plan, "Ask @bob about the keys")))
                .containsExactly("bob");
        assertThat(Exports.labels(plan, Exports.item(plan, "@lonely"))).containsExactly("lonely");
    }

    @Test
    void oneIsTheHighestPriority() {
        assertThat(plan.items())
                .extracting(Item::priority)
                .containsExactly(
                        Priority.NONE,
                        Priority.HIGH,
                        Priority.URGENT,
                        Priority.MEDIUM,
                        Priority.HIGH,
                        Priority.NONE,
                        Priority.NONE);
    }

    @Test
    void notesFilesDurationAndPeopleStandInTheDescription() {
        assertThat(Exports.item(plan, "Shirts, five").description()).isEqualTo("""
            Fold them

            first line

            third line

            [List (1).pdf](https://example.org/a%281%29.pdf)

            Due: 4 Jan
            Duration: 15 minutes
            Responsible: Bob\
            """);
    }

    @Test
    void understandsDatesInWordsInTheZoneOfTheRow() {
        assertThat(Exports.item(plan, "Shirts, five").due()).hasToString("2027-01-04");
        assertThat(Exports.item(plan, "Visa (form, photo)").due()).hasToString("2026-11-22T10:00:00Z");
        assertThat(Exports.item(plan, "Tax").due()).hasToString("2026-12-24");
    }

    @Test
    void whatIsNotUnderstoodIsReportedWithItsLineAndKeptAsText() {
        assertThat(Exports.item(plan, "Water the plants").description()).isEqualTo("Repeats: every! 3 days");
        assertThat(Exports.item(plan, "Ask @bob about the keys").description()).isEqualTo("Repeats: jährlich");
        assertThat(Exports.item(plan, "@lonely").description()).isEqualTo("Due: whenever I like\nDeadline: 2026-12-24");
        assertThat(Exports.report(plan))
                .containsExactly(
                        "5 left-out person",
                        "12 left-out recurrence",
                        "13 left-out recurrence",
                        "17 left-out unknown-row",
                        "5 adjusted relative-date",
                        "9 adjusted attachments",
                        "13 adjusted indent-skipped",
                        "14 adjusted too-many-fields",
                        "14 adjusted relative-date",
                        "15 adjusted unknown-date",
                        "15 adjusted deadline",
                        "4 info uncheckable",
                        "1 info authors",
                        "1 info settings",
                        "11 info too-few-fields",
                        "9 info trimmed");
        assertThat(plan.leftOut()).isEqualTo(4);
    }

    @Test
    void namesTheAuthorsOfNotesWhereThereAreSeveral() {
        ImportPlan plan =
                Exports.read(HEADER + "task,Talk,4,1,,,,,\nnote,Hello,,,Ada (1),,,,\nnote,Bye,,,Bob (2),,,,\n");

        assertThat(plan.items().getFirst().description()).isEqualTo("Ada: Hello\n\nBob: Bye");
    }

    @Test
    void oddValuesAreReportedAndHarmless() {
        ImportPlan plan = Exports.read(HEADER
                + "task,A,9,x,,,,,Mars/Base\n"
                + "task,B,4,2,,,,,,,\n"
                + "task,C,4,1,,,,,,one,two,three,x\n"
                + "task,D @" + "l".repeat(101) + ",4,1,,,,,\n"
                + "note,[[file {\"broken\"}]] and [[file {\"file_name\":\"\"\"x\"}]],,,,,,,\n");

        assertThat(Exports.parent(plan, Exports.item(plan, "B"))).isEqualTo("A");
        assertThat(Exports.item(plan, "C").description()).contains("Further field: one\nFurther field: two");
        assertThat(Exports.report(plan))
                .contains(
                        "2 adjusted unknown-indent",
                        "2 adjusted unknown-priority",
                        "2 adjusted unknown-zone",
                        "4 adjusted too-many-fields",
                        "5 adjusted label-too-long");
        assertThat(plan.labels()).isEmpty();
    }

    @Test
    void anOlderHeaderKeepsDatesAndRepetitions() {
        ImportPlan plan = Exports.read("""
            TYPE,CONTENT,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DUE_DATE,DUE_DATE_LANG
            task,Dentist,4,1,,,2026-12-24,en
            task,Rent,4,1,,,every month,en
            """);

        assertThat(Exports.item(plan, "Dentist").due()).hasToString("2026-12-24");
        assertThat(Exports.item(plan, "Rent").description()).isEqualTo("Repeats: every month");
        assertThat(Exports.report(plan)).containsExactly("3 left-out recurrence", "1 info settings");
    }

    @Test
    void aDateThatDependsOnTheDayOfTheImportKeepsItsWords() {
        ImportPlan plan = Exports.read(HEADER
                + "task,Lab,4,1,,,2 days ago,en,Australia/Sydney\n"
                + "task,Tutorial,4,1,,,in 3 days,en,Australia/Sydney\n"
                + "task,Exam,4,1,,,2026-12-24 10:00,en,Australia/Sydney\n");

        assertThat(Exports.item(plan, "Lab").due()).hasToString("2026-11-19");
        assertThat(Exports.item(plan, "Lab").description()).isEqualTo("Due: 2 days ago");
        assertThat(Exports.item(plan, "Exam").description()).isEmpty();
        assertThat(Exports.report(plan)).contains("2 adjusted relative-date", "3 adjusted relative-date");
        assertThat(plan.lines())
                .extracting(ImportPlan.ReportLine::detail)
                .filteredOn(detail -> detail.contains("depends on the day"))
                .hasSize(2)
                .first()
                .asString()
                .contains("2 days ago", "2026-11-19");
    }

    @Test
    void aCommaThatWasNotQuotedAndAnEmptyFieldTooManyAreBothMended() {
        ImportPlan plan = Exports.read("""
            TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE
            task,Buy milk, eggs,,2,1,,,2026-12-24,,,
            task,Tea,hot, sweet,1,1,,,,,,,
            task,Plain,,3,1,,,,,,,,,
            """);

        assertThat(Exports.titles(plan)).containsExactly("Buy milk, eggs", "Tea", "Plain");
        assertThat(Exports.item(plan, "Tea").description()).isEqualTo("hot, sweet");
        assertThat(plan.items())
                .extracting(Item::priority)
                .containsExactly(Priority.HIGH, Priority.URGENT, Priority.MEDIUM);
        assertThat(Exports.report(plan))
                .containsExactly("2 adjusted too-many-fields", "3 adjusted too-many-fields", "2 info trimmed");
    }

    @Test
    void labelsSectionsAndAuthorsAreKeptOrTold() {
        ImportPlan plan = Exports.read("""
            TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,LABELS,COLOR
            section,Later,What can wait,,,Ada (1),,red
            task,Tea,,4,1,Bob (2),"home, @work",blue
            """);

        assertThat(plan.description()).isEqualTo("Later: What can wait");
        assertThat(Exports.labels(plan, Exports.item(plan, "Tea"))).containsExactly("home", "work");
        assertThat(Exports.item(plan, "Tea").description()).isEqualTo("Author: Bob (2)\nCOLOR: blue");
        assertThat(Exports.report(plan))
                .containsExactly("2 left-out unused-cells", "2 adjusted section-description", "1 info authors");
    }

    @Test
    void aTableWithColumnsForTypeAndContentIsNotAlwaysTodoist() {
        ImportPlan plan = Exports.read("Type,Content,Status\nBug,Crash,Open\n");

        assertThat(plan.format()).isEqualTo(ImportFormat.CSV);
        assertThat(Exports.titles(plan)).containsExactly("Crash");
    }
}
