package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file in `src/test/resources` that says what something must look like.
public record Golden(String name) {

    public static Golden of(String name) {
        return new Golden(name);
    }

    /// When it does not match, what was found is left in `target`, to be compared and copied.
    public void matches(String found) throws IOException {
        Path module = Repository.here().root().resolve("platform/tests");
        Path golden = module.resolve("src/test/resources").resolve(name);
        String expected = Files.exists(golden) ? Repository.text(golden) : "";
        if (!expected.equals(found)) {
            Files.writeString(module.resolve("target").resolve(name), found);
        }
        assertThat(found)
                .as("what is in target/" + name + "; copy it over src/test/resources/" + name
                        + " when the change is meant")
                .isEqualTo(expected);
    }
}
