package tarn.platform;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Time zones by their names in the tz database, such as `Europe/Berlin`.
public final class TimeZones {

    /// The default zone.
    public static final ZoneId UTC = ZoneId.of("UTC");

    /// The detail of a refusal of an unknown name.
    public static final String UNKNOWN = "Must be a time zone such as Europe/Berlin.";

    private static final Set<String> NAMES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private TimeZones() {}

    /// The zone of this name; null for an unknown name and for an offset such as `+02:00`, which
    /// has no summer time.
    public static @Nullable ZoneId named(String name) {
        return NAMES.contains(name) ? ZoneId.of(name) : null;
    }

    /// The zone of this name; UTC when the name is null or unknown.
    public static ZoneId namedOrUtc(@Nullable String name) {
        ZoneId zone = name == null ? null : named(name);
        return zone == null ? UTC : zone;
    }
}
