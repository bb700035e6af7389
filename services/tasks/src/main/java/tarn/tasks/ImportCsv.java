package tarn.tasks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tarn.imports.ImportPlan;

/// Writes the report of an import as CSV (RFC 4180), with an apostrophe before what a spreadsheet
/// would run as a formula.
final class ImportCsv {

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private ImportCsv() {}

    /// Writes lines as they come, in UTF-8.
    static void write(Stream<ImportPlan.ReportLine> lines, OutputStream out) throws IOException {
        Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.write("severity,line,path,code,detail\r\n");
        for (Iterator<ImportPlan.ReportLine> all = lines.iterator(); all.hasNext(); ) {
            csv.write(row(all.next()));
        }
        csv.flush();
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
