package tarn.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueTest {

    @Test
    void namesEachServicePathAndScopeOnce() {
        assertThat(of(service -> List.of(service.name()))).doesNotHaveDuplicates();
        assertThat(of(Service::paths)).doesNotHaveDuplicates();
        assertThat(of(Service::scopes)).doesNotHaveDuplicates();
    }

    @Test
    void knowsEveryServiceThatCallsAnother() {
        assertThat(of(Service::callers)).allMatch(Catalogue.ALL::has);
    }

    @Test
    void leavesServicesOut() {
        Catalogue rest = Catalogue.ALL.without("calculator, posts, worker,");

        assertThat(rest.services()).extracting(Service::name).containsExactly("identity", "tasks", "gateway");
        assertThat(rest.callers()).containsExactly("gateway", "identity", "tasks");
    }

    @Test
    void keepsEventsForConsumersThatAreNotLeftOut() {
        assertThat(Catalogue.ALL.consumers()).contains("lake");
        assertThat(Catalogue.ALL.without("lake").consumers()).doesNotContain("lake");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tasks          | The service tasks cannot be left out",
                "posts,identity | The service identity cannot be left out",
                "gateway        | The service gateway cannot be left out",
                "lakes          | There is no service lakes to leave out"
            })
    void saysInOneLineWhatCannotBeLeftOut(String names, String line) {
        assertThatThrownBy(() -> Catalogue.ALL.without(names))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        line
                                + ": only posts, calculator, worker and lake can, identity, tasks and gateway are always needed.");
    }

    private static List<String> of(Function<Service, Collection<String>> words) {
        return Catalogue.ALL.services().stream()
                .flatMap(service -> words.apply(service).stream())
                .toList();
    }
}
