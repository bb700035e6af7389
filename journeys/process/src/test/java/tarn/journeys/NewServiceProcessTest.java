package tarn.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarn.testing.Api;
import tarn.testing.Program;
import tarn.testing.Repository;

/// Adds a service to a copy of this repository: its folder, one entry in the catalogue, and its lines in the lists of
/// modules that Maven needs.
@Tag("long")
class NewServiceProcessTest {

    private static final Set<String> NOT_COPIED = Set.of(".git", "target", "node_modules", "dist");
    private static final int BUILD_MINUTES = 15;

    @TempDir
    Path root;

    @Test
    void runsInBothShapes() throws Exception {
        copy(Repository.here().root(), root);
        copy(
                Repository.here().root().resolve("journeys/process/src/test/resources/echo"),
                root.resolve("services/echo"));
        insert("catalogue/src/main/java/tarn/catalogue/Catalogue.java", "            Service.named(GATEWAY)", """
                            Service.named("echo").withSchema().withPaths("echoes").calledBy("echo"),
                """);
        insert("pom.xml", "    <module>services/gateway</module>", """
                    <module>services/echo</module>
                """);
        insert("services/standalone/pom.xml", "    <dependency>", """
                    <dependency>
                      <groupId>tarn</groupId>
                      <artifactId>echo</artifactId>
                      <version>${project.version}</version>
                    </dependency>
                """);
        build();

        for (Program.Topology shape : Program.Topology.values()) {
            Program program = Program.startFrom(new Repository(root), shape, Program.QUICK);
            try {
                assertEchoes(Accounts.signedIn(Api.at(program.url())));
            } finally {
                program.stop();
                program.remove();
            }
        }
    }

    private static void assertEchoes(Api ada) {
        Api.Answer created = ada.post("/api/echoes", Map.of("text", "Hello"));

        assertThat(created.status()).as(created.body()).isEqualTo(200);
        assertThat(created.at("/text")).isEqualTo("Hello");
        Api.Answer counted = ada.get("/api/echoes");
        assertThat(counted.body()).isEqualTo("{\"echoes\":1,\"events\":1}");
        assertThat(ada.get("/internal/echo/count").status()).isEqualTo(404);
    }

    private void insert(String file, String before, String lines) throws IOException {
        Path path = root.resolve(file);
        String text = Files.readString(path);
        int place = text.indexOf(before);
        assertThat(place).as(file).isPositive();
        Files.writeString(path, text.substring(0, place) + lines + text.substring(place));
    }

    private void build() throws IOException, InterruptedException {
        Path log = Path.of("target/new-service-build.log").toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(
                        "./mvnw",
                        "-B",
                        "-ntp",
                        "-q",
                        "-T2",
                        "package",
                        "-pl",
                        "services/standalone",
                        "-am",
                        "-Dmaven.test.skip=true")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Repository.text(log)).isZero();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (NOT_COPIED.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.getFileName().toString().equals(".git")) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
