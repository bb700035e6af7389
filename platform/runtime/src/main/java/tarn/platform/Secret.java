package tarn.platform;

/// Text that must not be seen: printing it prints `***`.
///
/// @param value the text itself, for the one place that needs it
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
