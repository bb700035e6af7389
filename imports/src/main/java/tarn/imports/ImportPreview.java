package tarn.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The result of importing the first 64 KiB of a file, shown before the import.
///
/// @param isCharsetGuessed whether the charset is neither given nor certain from the bytes
/// @param columns names in the header of a table, left to right; empty for other formats
/// @param titles of tasks, at most [#MAX_TITLES], those with non-ASCII letters first; empty when
/// the import would be refused or the part is too short
public record ImportPreview(
        ImportFormat format,
        ImportCharset charset,
        boolean isCharsetGuessed,
        List<String> columns,
        List<String> titles) {

    /// Bytes that are read.
    public static final int MAX_BYTES = 64 * 1024;

    static final int MAX_TITLES = 3;

    public ImportPreview {
        columns = List.copyOf(columns);
        titles = List.copyOf(titles);
    }

    /// Previews the import of a file.
    ///
    /// @param beginning the whole file, or its first [#MAX_BYTES] bytes
    /// @throws UnreadableImport when it is empty, is not text, or has an unsupported text format
    public static ImportPreview of(byte[] beginning, ImportReader.Options options) throws IOException {
        ImportFile file = beginning.length < MAX_BYTES ? ImportFile.of(beginning) : new Beginning(cut(beginning));
        FileText text = FileText.of(file, options.charset());
        ImportFormat format = options.format() == null ? ImportFormat.of(text) : options.format();
        List<String> columns = format == ImportFormat.CSV
                ? CsvHeader.columnNames(CsvTable.of(text).head(), options.columns())
                : List.of();
        return new ImportPreview(format, text.charset(), text.isGuess(), columns, titles(file, options));
    }

    private static List<String> titles(ImportFile file, ImportReader.Options options) throws IOException {
        List<ImportPlan.Item> items;
        try {
            items = ImportReader.read(file, options).items();
        } catch (UnreadableImport refused) {
            return List.of();
        }
        // The last row may be cut off.
        return items.stream()
                .limit(file.isCut() ? Math.max(1, items.size() - 1) : items.size())
                .map(ImportPlan.Item::title)
                .distinct()
                .sorted(Comparator.comparing(ImportPreview::isAscii))
                .limit(MAX_TITLES)
                .toList();
    }

    private static boolean isAscii(String title) {
        return title.chars().allMatch(c -> c < 128);
    }

    /// Cuts at the end of a line, or else not within a character.
    private static byte[] cut(byte[] beginning) {
        int end = MAX_BYTES;
        while (end > 0 && beginning[end - 1] != '\n') {
            end--;
        }
        if (end == 0) {
            end = MAX_BYTES;
            while (end > 1 && beginning[end - 1] < 0) {
                end--;
            }
        }
        // In UTF-16 with the lower byte first, a zero still belongs to the line break.
        boolean isHalf = end % 2 == 1 && beginning[end] == 0;
        return Arrays.copyOf(beginning, isHalf ? end + 1 : end);
    }

    /// The start of a longer file.
    private static final class Beginning implements ImportFile {

        private final byte[] bytes;

        Beginning(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public boolean isCut() {
            return true;
        }
    }
}
