package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every cell of a file is in the plan or in a line of the report: each `*` becomes a word of its own,
/// and all of them must be found again.
final class EveryCellTest {
    private static final Pattern STAR = Pattern.compile("\\*");

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Every field, known and unknown, with and without a name, and too many of them.
                """
                title,description,key,parent,section,status,priority,start,due,completed at,done,labels,colour,
                *,*,*,*,*,*,*,*,*,*,*,*,*,*
                *,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                *,*
                """,
                // The same fields in several columns.
                """
                id,Title,Name,Notes,Details,key,parent,parent id,section,list,tags,labels,state,status,due,due date
                *,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                *,*,*,*,*,*,Tarn,*,*,*,"[*,*]",*;*|*,*,*,*,*
                """,
                // Values that are understood, with more than what is understood of them.
                """
                title;status;priority;done;completed at;start;due
                *;Done (*);High (*);yes;2026-01-05;2026-03-01;2026-02-01
                *;Open;P1 *;2026-01-04;2026-01-05;every *;each *
                *;Open;none (*);no (*);2026-01-05 10:00 (*);2026-01-05 10:00 (*);none (*)
                *;Done;;2026-01-05 10:00 (*);2026-01-05 11:00 (*);;
                *;Open;nothing;done *;none (*);2026-01-05 10:00 (*);n/a (*)
                *;Open *;none *;*;2026-01-05 *;2026-01-05 *;2026-01-05 *
                """,
                // Numbers instead of titles; a key names the tasks.
                """
                id,key,task,summary of it
                *,*,1,*
                *,*,2,*
                """,
                // A preamble, and rows that repeat the header.
                """
                Plan,*
                "*
                *",*
                Title,Status,Due,Notes,Bucket Name
                *,*,*,*,*
                Title,Status,Due,Notes,Bucket Name
                *,"*
                *",*,*,*
                """,
                """
                "Date: *"
                "Version: *"
                "Status: *
                0 Normal
                1 Completed"
                "Folder Name","List Name","Title","Kind","Tags","Content","Is Check list","Start Date","Due Date",\
                "Reminder","Repeat","Priority","Status","Created Time","Completed Time","Order","Timezone","Is All Day",\
                "Is Floating","Column Name","Column Order","View Mode","taskId","parentId"
                "*","*","*","*","*,*","*","*","*","*","*","*","*","*","*","*","*","*","*","*","*","*","*","*","*"
                "*","*","*","*","*,*","*","*","2026-01-05","2026-01-06","*","*","3","2","*","*","*","*","*","*","*","*",\
                "*","*","*"
                """,
                // Repeated columns, as Jira writes them.
                """
                Summary,Issue key,Issue id,Parent id,Issue Type,Status,Priority,Labels,Labels,Comment,Comment,Comment,\
                Sprint,Sprint,Custom field (Story Points),Inward issue link (Blocks),Watchers,Watchers,Due date,Resolved
                *,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                *,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,2026-01-05,2026-01-04
                """,
                """
                Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,\
                Due Date,Tags,Notes,Projects,Parent task,Blocked By (Dependencies)
                *,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                """,
                """
                Task ID;Task Name;Bucket Name;Progress;Priority;Assigned To;Created By;Created Date;Start date;Due date;\
                Is Recurring;Late;Completed Date;Completed By;Completed Checklist Items;Checklist Items;Labels;Description
                *;*;*;*;*;*;*;*;*;*;*;*;*;*;*;*;*;*
                """,
                """
                TYPE,CONTENT,DESCRIPTION,IS_COLLAPSED,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,\
                DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG,LABELS,COLOR,
                meta,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                note,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                section,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                task,* @* and *,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                task,*,*,*,4,1,*,*,2026-01-05,en,Europe/Berlin,*,*,2026-01-05,*,"*, @*",*,*,*,*
                note,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                *,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*,*
                """,
                """
                *,*
                TYPE,CONTENT,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DUE_DATE,DUE_DATE_LANG
                task,*,*,*,* (1),* (2),*,*
                task,*,4,1,* (1),* (2),every *,*
                task,*,*,*
                """,
            })
    void isInTarnOrInALine(String file) {
        List<String> words = new ArrayList<>();
        Matcher star = STAR.matcher(file);
        StringBuilder marked = new StringBuilder();
        while (star.find()) {
            String word = "w" + words.size() + "w";
            words.add(word);
            star.appendReplacement(marked, word);
        }
        star.appendTail(marked);

        ImportPlan plan = Exports.read(marked.toString());

        assertThat(everything(plan)).contains(words);
    }

    private static String everything(ImportPlan plan) {
        StringBuilder all = new StringBuilder(plan.description());
        plan.sections().forEach(section -> all.append('\n').append(section.name()));
        plan.labels().forEach(label -> all.append('\n').append(label.name()));
        plan.items()
                .forEach(item ->
                        all.append('\n').append(item.title()).append('\n').append(item.description()));
        plan.lines().forEach(line -> all.append('\n').append(line.detail()));
        return all.toString();
    }
}
