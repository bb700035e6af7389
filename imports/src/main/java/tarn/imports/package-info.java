/// Readers of other tools' exports: Trello boards, Todoist projects, plain CSV.
///
/// Pure code: bytes, a zone and a timestamp in; an [ImportPlan][tarn.imports.ImportPlan] out, or an
/// [UnreadableImport][tarn.imports.UnreadableImport]. No database, no HTTP, no clock. Files come
/// from strangers: every reader is linear in the size of its file and bounded in memory, and what it
/// cannot understand it reports with its place and keeps as text.
///
/// Start reading at [ImportReader][tarn.imports.ImportReader], then at one of the three formats:
/// `TrelloBoard`, `TodoistProject`, `PlainCsv`. `PlanDraft` holds the limits and the rules all share.
@NullMarked
package tarn.imports;

import org.jspecify.annotations.NullMarked;
