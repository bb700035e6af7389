package tarn.tasks;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells whether a request prefers to be answered before its work is done: `Prefer: respond-async`
/// (RFC 7240).
final class AsyncPreference {

    /// The name, as in `Prefer` and `Preference-Applied`.
    static final String NAME = "respond-async";

    private static final Pattern PREFERRED = Pattern.compile("(?i)(^|,)\\s*" + NAME + "\\s*([;,]|$)");

    private AsyncPreference() {}

    /// @param prefer the header `Prefer`; null when it was not sent
    static boolean in(@Nullable String prefer) {
        return prefer != null && PREFERRED.matcher(prefer).find();
    }
}
