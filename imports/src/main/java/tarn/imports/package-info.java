/// Readers of other tools' exports: Trello boards, Todoist projects, plain CSV.
///
/// Pure code: a file, a zone and a timestamp in; an [ImportPlan][tarn.imports.ImportPlan] out, or an
/// [UnreadableImport][tarn.imports.UnreadableImport]. No database, no HTTP, no clock. Files come
/// from strangers: every reader is linear in the size of its file, reads it as a stream and bounds
/// what it keeps in bytes. Every cell or key is in the plan or in a line of the report.
///
/// Start reading at [ImportReader][tarn.imports.ImportReader], then at one of the three formats:
/// `TrelloBoard`, `TodoistProject`, `PlainCsv`. `PlanDraft` holds the limits and the rules all share.
@NullMarked
package tarn.imports;

import org.jspecify.annotations.NullMarked;
