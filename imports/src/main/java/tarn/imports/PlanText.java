package tarn.imports;

/// A text of a plan, which is read when it is wanted.
@FunctionalInterface
public interface PlanText {

    /// @throws java.io.UncheckedIOException when it cannot be read
    String read();
}
