/// Readers of other tools' exports: Trello boards, Todoist projects, plain CSV.
///
/// Pure functions from a file, a zone and a timestamp to an [ImportPlan][tarn.imports.ImportPlan]
/// or an [UnreadableImport][tarn.imports.UnreadableImport]; no database, HTTP or clock. Files are
/// untrusted: every reader is linear in the file's size, streams it and bounds its memory. Every
/// cell or key ends up in the plan or in the report.
///
/// Start reading at [ImportReader][tarn.imports.ImportReader], then at one of the formats
/// `TrelloBoard`, `TodoistProject`, `PlainCsv`. `PlanDraft` holds the shared limits.
@NullMarked
package tarn.imports;

import org.jspecify.annotations.NullMarked;
