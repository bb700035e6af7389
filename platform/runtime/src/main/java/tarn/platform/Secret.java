package tarn.platform;

/// A secret text whose `toString` gives `***`, so that it never reaches a log.
///
/// @param value the text itself, for the one place that needs it
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
