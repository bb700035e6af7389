package tarn.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContractTest {

    private static final Path FILE = Path.of("../../contracts/openapi/tarn.yaml");

    /// `./tarn schema` writes the file by running this test with `-Dtarn.write=true`.
    @Test
    void theCommittedContractIsWhatTheCodeSays() throws Exception {
        String contract = Contract.yaml();

        if (Boolean.getBoolean("tarn.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, contract);
        }

        assertThat(FILE).as("run ./tarn schema and look at the difference").hasContent(contract);
    }
}
