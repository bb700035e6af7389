package tarn.imports;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Files of 25 MB made to fill the memory, and the program that reads them in a process of its own.
final class WorstTables {
    private static final long FILE_BYTES = 25L * 1024 * 1024;

    /// @param row what follows the beginning again and again, by its number
    record WorstFile(String name, Charset charset, String beginning, IntFunction<String> row, String end) {

        WorstFile(String name, String beginning, IntFunction<String> row) {
            this(name, StandardCharsets.UTF_8, beginning, row, "");
        }

        WorstFile(String name, String beginning, String row) {
            this(name, beginning, any -> row);
        }
    }

    /// Those that every run tries.
    static List<WorstFile> worst() {
        return List.of(
                new WorstFile("one quoted cell", StandardCharsets.UTF_8, "title\n\"", any -> "aaaaaaaaaa\n", "\""),
                new WorstFile("one row of commas", "title,due\nA,\n", ",,,,,,,,,,"),
                new WorstFile("wide rows", columns(661), "t" + ",1".repeat(660) + "\n"),
                new WorstFile("letters outside Latin-1", "title,notes\n", "t,€" + "x".repeat(1_320) + "\n"),
                new WorstFile("Latin letters", "title,notes\n", "t," + "x".repeat(1_310) + "\n"),
                new WorstFile("quotes in every cell", columns(266), "\"t\"" + ",\"\"\"\"".repeat(265) + "\n"),
                new WorstFile("labels", "title,labels\n", any -> "t" + labels() + "\n"),
                new WorstFile(
                        "long dates",
                        "title,due,start\n",
                        row -> "t,every " + row + "s".repeat(660) + "," + "d".repeat(660) + "\n"),
                new WorstFile("notes", "TYPE,CONTENT,INDENT\ntask,t,1\n", "note,€" + "n".repeat(40) + ",\n"),
                new WorstFile(
                        "UTF-16",
                        StandardCharsets.UTF_16LE,
                        "\uFEFFtitle,notes\n",
                        any -> "t," + "ж".repeat(660) + "\n",
                        ""));
    }

    /// Those that take longer together.
    static List<WorstFile> further() {
        List<WorstFile> files = new ArrayList<>(List.of(
                new WorstFile("one line", "title", " and more"),
                new WorstFile("one line of letters outside Latin-1", "ж", "жжжж"),
                new WorstFile("rows of NUL", "title,notes\n" + "t,\n".repeat(1_400), "t," + "\0".repeat(1_440) + "\n"),
                new WorstFile("nothing but quotation marks", "", "\"\"\"\""),
                new WorstFile("strays", "title,notes\n", "\"t\"x,\"y\" z\n"),
                new WorstFile("strays in a row", "title,notes\n", "\"t\"x,"),
                new WorstFile("repeated headers", "title,due\n", "title,due\n"),
                new WorstFile("blank lines", "title,due\n", "\n"),
                new WorstFile("blank cells", "title,due\n", " , \n"),
                new WorstFile("carriage returns", "title,notes\r", "t," + "x".repeat(1_340) + "\r"),
                new WorstFile("rows of empty cells", columns(1_341), "t" + ",".repeat(1_340) + "\n"),
                new WorstFile("a wide header", columns(9_999), "t" + ",1".repeat(9_998) + "\n"),
                new WorstFile("a header of long names", "title,due," + "n".repeat(900_000) + "\n", "t,," + "x\n"),
                new WorstFile("titles of a million letters", "title,due\n", "ж".repeat(490_000) + "\n"),
                new WorstFile("long keys", "id,title\n", row -> row + "k".repeat(1_340) + ",t\n"),
                new WorstFile(
                        "long parents", "id,title,parent\n", row -> row + ",t," + (row + 1) + "p".repeat(1_340) + "\n"),
                new WorstFile(
                        "long states", "title,status,section,due\n", row -> "t," + row + "s".repeat(1_340) + ",,\n"),
                new WorstFile("long sections", "title,section\n", row -> "t," + row + "s".repeat(1_340) + "\n"),
                new WorstFile("long labels", "title,labels\n", row -> "t," + row + "l".repeat(1_340) + "\n"),
                new WorstFile("rows that are no tasks", "TYPE,CONTENT,INDENT\ntask,t,1\n", "dance,x,\n"),
                new WorstFile("sections of Todoist", "TYPE,CONTENT,INDENT\ntask,t,1\n", "section,x,\n"),
                new WorstFile(
                        "authors",
                        "TYPE,CONTENT,INDENT,AUTHOR\ntask,t,1,\n",
                        row -> "note,x,," + row + "a".repeat(300) + "\n"),
                new WorstFile(
                        "labels in titles",
                        "TYPE,CONTENT,INDENT\n",
                        row -> "task,t" + " @" + row + "x".repeat(1_340) + ",1\n"),
                new WorstFile(
                        "many labels in titles",
                        "TYPE,CONTENT,INDENT\n",
                        row -> "task,t" + labels().replace(",", " @").replace(";", " @") + ",1\n"),
                new WorstFile(
                        "settings",
                        "TYPE,CONTENT,INDENT,TIMEZONE,DATE_LANG\n",
                        row -> "task,t,1,z" + row + "x".repeat(660) + "," + row + "y".repeat(660) + "\n"),
                new WorstFile(
                        "commas that were not quoted",
                        "title,due,notes\n",
                        "a, b, c,2026-01-05,d, e" + "x".repeat(1_340) + "\n"),
                new WorstFile("todo.txt", "(A) 2024-01-01 task\n", "x 2024-01-01 task\n"),
                new WorstFile("Markdown", "# Title\n", "* item with words\n")));
        for (String charset : List.of("windows-1251", "Shift_JIS", "GBK", "EUC-KR", "UTF-16BE")) {
            files.add(new WorstFile(
                    charset, Charset.forName(charset), "title,notes\n", any -> "t," + "ж".repeat(680) + "\n", ""));
        }
        files.add(new WorstFile(
                "bytes that mean nothing",
                StandardCharsets.ISO_8859_1,
                "title,notes\n",
                any -> "t," + "\u0081\u00ff\u008d".repeat(450) + "\n",
                ""));
        return files;
    }

    private WorstTables() {}

    /// Reads each file and prints what became of it, as `name: read` or `name: row-too-large`.
    public static void main(String[] arguments) throws IOException {
        List<WorstFile> files = "all".equals(arguments[0]) ? further() : worst();
        for (WorstFile worst : files) {
            Path path = Files.createTempFile("tarn-worst-", "");
            try {
                write(worst, path);
                ImportFile file = () -> Files.newInputStream(path);
                System.out.println(worst.name() + ": " + outcome(file));
            } finally {
                Files.delete(path);
            }
        }
    }

    private static String outcome(ImportFile file) throws IOException {
        try {
            ImportPlan plan = ImportReader.read(file, ImportReader.Options.of(Exports.BERLIN, Exports.NOW));
            return plan.items().isEmpty() ? "nothing" : "read";
        } catch (UnreadableImport refusal) {
            return refusal.code();
        }
    }

    private static void write(WorstFile file, Path path) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
            byte[] end = file.end().getBytes(file.charset());
            byte[] part = file.beginning().getBytes(file.charset());
            long length = end.length;
            for (int row = 0; length + part.length <= FILE_BYTES; row++) {
                out.write(part);
                length += part.length;
                part = file.row().apply(row).getBytes(file.charset());
            }
            out.write(end);
        }
    }

    private static String columns(int count) {
        StringBuilder header = new StringBuilder("title");
        for (int column = 1; column < count; column++) {
            header.append(",column ").append(column);
        }
        return header.append('\n').toString();
    }

    private static String labels() {
        StringBuilder labels = new StringBuilder(",");
        for (int label = 0; label < 800; label++) {
            labels.append('l').append(label).append(';');
        }
        return labels.toString();
    }
}
