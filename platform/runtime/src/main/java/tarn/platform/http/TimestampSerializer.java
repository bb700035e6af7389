package tarn.platform.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Writes timestamps as [Instant#toString] does. Jackson's own serializer goes through a formatter,
/// which costs more than all other fields of a row.
final class TimestampSerializer extends StdSerializer<Instant> {

    @Serial
    private static final long serialVersionUID = 1;

    private static final int MAX_LENGTH = 30;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int MAX_YEAR = 9_999;

    TimestampSerializer() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
        write(value, json);
    }

    static void write(Instant value, JsonGenerator json) throws IOException {
        LocalDateTime time = LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > MAX_YEAR) {
            json.writeString(value.toString());
            return;
        }
        char[] text = new char[MAX_LENGTH];
        digits(text, 0, 4, time.getYear());
        text[4] = '-';
        digits(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, time.getHour());
        text[13] = ':';
        digits(text, 14, 2, time.getMinute());
        text[16] = ':';
        digits(text, 17, 2, time.getSecond());
        int length = fraction(text, 19, time.getNano());
        text[length] = 'Z';
        json.writeString(text, 0, length + 1);
    }

    /// @return where the text ends
    private static int fraction(char[] text, int start, int nanos) {
        if (nanos == 0) {
            return start;
        }
        text[start] = '.';
        if (nanos % NANOS_PER_MILLI == 0) {
            return digits(text, start + 1, 3, nanos / NANOS_PER_MILLI);
        }
        if (nanos % NANOS_PER_MICRO == 0) {
            return digits(text, start + 1, 6, nanos / NANOS_PER_MICRO);
        }
        return digits(text, start + 1, 9, nanos);
    }

    private static int digits(char[] text, int start, int count, int number) {
        int rest = number;
        for (int i = start + count - 1; i >= start; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return start + count;
    }
}
