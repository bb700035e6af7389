package tarn.tasks;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tarn.imports.ImportPlan;

/// Writes the report of an import as CSV (RFC 4180), with an apostrophe before what a spreadsheet
/// would run as a formula.
final class ImportCsv {

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private ImportCsv() {}

    static String of(List<ImportPlan.ReportLine> lines) {
        return lines.stream()
                .map(ImportCsv::row)
                .collect(Collectors.joining("", "severity,line,path,code,detail\r\n", ""));
    }

    private static String row(ImportPlan.ReportLine line) {
        return Stream.of(
                        line.severity().text(),
                        Objects.toString(line.line(), ""),
                        Objects.toString(line.path(), ""),
                        line.code(),
                        line.detail())
                .map(ImportCsv::cell)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /// A quoted cell; an apostrophe keeps a spreadsheet from running it as a formula.
    private static String cell(String text) {
        boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return '"' + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
