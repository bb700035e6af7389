package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tarn.catalogue.Catalogue;
import tarn.catalogue.Service;

/// Main code names other services by the catalogue's constants, so that a search for a constant finds
/// everything that depends on a service.
final class ServiceNamesTest {

    /// The services that the platform's own mechanisms stand on: tokens, timetable, entrance.
    private static final List<String> MECHANISMS =
            List.of(Catalogue.IDENTITY, Catalogue.WORKER, Catalogue.GATEWAY, Catalogue.LAKE);

    private static final Repository REPOSITORY = Repository.here();

    private static List<String> files(Stream<String> folders, Predicate<String> text) {
        return folders.flatMap(folder ->
                        REPOSITORY
                                .files(folder, file -> file.contains("src/main/java/") && file.endsWith(".java"))
                                .stream())
                .filter(file -> text.test(Repository.text(file)))
                .map(file -> REPOSITORY.root().relativize(file).toString())
                .toList();
    }

    private static List<String> platform(Predicate<String> text) {
        return files(Stream.of("platform/runtime", "platform/text"), text);
    }

    private static String literal(String name) {
        return '"' + name + '"';
    }

    @Test
    void ofServicesThatMayBeLeftOutAreWrittenByThemselvesAndTheGraphOnly() {
        for (Service service : Catalogue.ALL.services()) {
            if (service.optional()) {
                assertThat(files(Stream.of("services", "platform"), text -> text.contains(literal(service.name()))))
                        .as(service.name())
                        .allMatch(file -> file.startsWith("services/" + service.name() + "/")
                                || file.startsWith("services/gateway/src/main/java/tarn/gateway/graph/"));
            }
        }
    }

    @Test
    void areNotWrittenByThePlatform() {
        Stream.concat(Catalogue.ALL.services().stream().map(Service::name), Catalogue.ALL.consumers().stream())
                .forEach(name -> assertThat(platform(text -> text.contains(literal(name))))
                        .as(name)
                        .isEmpty());
    }

    @Test
    void areKnownToThePlatformOnlyWhereItsMechanismsNeedThem() {
        for (Service service : Catalogue.ALL.services()) {
            if (!MECHANISMS.contains(service.name())) {
                assertThat(platform(text ->
                                text.contains("Catalogue." + service.name().toUpperCase(Locale.ROOT))
                                        || text.contains("/internal/" + service.name())))
                        .as(service.name())
                        .isEmpty();
            }
        }
    }

    @Test
    void areFoundWhereTheyAreWritten() {
        assertThat(files(Stream.of("services/posts"), text -> text.contains(literal(Catalogue.POSTS))))
                .isNotEmpty();
        assertThat(platform(text -> text.contains("Catalogue.IDENTITY"))).isNotEmpty();
    }
}
