package tarn.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarn.platform.problem.Refusal;

final class WebFileTest {

    @TempDir
    private Path folder;

    @Test
    void isReadOnceForAllWhoAskWhileItIsRead() throws IOException {
        List<Runnable> readers = new ArrayList<>();
        Path page = Files.writeString(folder.resolve("page.html"), "old");
        WebFile file = new WebFile(page.toUri(), "/page.html");

        var first = file.kept(readers::add);
        var second = file.kept(readers::add);
        assertThat(readers).hasSize(1);
        readers.getFirst().run();
        Files.writeString(page, "new");

        assertThat(text(first.join())).isEqualTo("old");
        assertThat(second).isSameAs(first);
        assertThat(text(file.kept(readers::add).join())).isEqualTo("old");
    }

    @Test
    void aPageSaysWhichServicesAreLeftOut() throws IOException {
        Path page = Files.writeString(folder.resolve("index.html"), "<html><head><title>Tarn</title></head></html>");

        assertThat(text(new WebFile(page.toUri(), "/index.html", "posts,calculator")
                        .kept(Runnable::run)
                        .join()))
                .isEqualTo("<html><head><meta name=\"tarn-without\" content=\"posts,calculator\"><title>Tarn</title>"
                        + "</head></html>");
    }

    @Test
    void whatIsGoneIsLookedForAgain() throws IOException {
        Path page = folder.resolve("page.html");
        WebFile file = new WebFile(page.toUri(), "/page.html");

        assertThatThrownBy(() -> file.kept(Runnable::run).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(Refusal.NotFound.class);
        Files.writeString(page, "here");

        assertThat(text(file.kept(Runnable::run).join())).isEqualTo("here");
    }

    @Test
    void theArchiveThatWasOpenedFirstIsRead() throws IOException {
        Path archive = archive("app.jar", "old");
        assertThat(text(in(archive, "first.html").kept(Runnable::run).join())).isEqualTo("old");

        Files.move(archive("new.jar", "new"), archive, StandardCopyOption.REPLACE_EXISTING);

        assertThat(text(in(archive, "second.html").kept(Runnable::run).join())).isEqualTo("old");
    }

    private Path archive(String name, String content) throws IOException {
        Path archive = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String entry : List.of("first.html", "second.html")) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(content.getBytes(StandardCharsets.UTF_8));
            }
        }
        return archive;
    }

    private static WebFile in(Path archive, String entry) {
        return new WebFile(URI.create("jar:" + archive.toUri() + "!/" + entry), "/" + entry);
    }

    private static String text(WebFile.Kept kept) {
        return kept.form(null).bytes().toString();
    }
}
