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
        Catalogue rest = Catalogue.ALL.without("calculator, posts,");

        assertThat(rest.services()).extracting(Service::name).containsExactly("identity", "tasks", "gateway");
        assertThat(rest.callers()).containsExactly("gateway", "identity", "tasks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tasks          | The service tasks cannot be left out",
                "posts,identity | The service identity cannot be left out",
                "gateway        | The service gateway cannot be left out",
                "lake           | There is no service lake to leave out"
            })
    void saysInOneLineWhatCannotBeLeftOut(String names, String line) {
        assertThatThrownBy(() -> Catalogue.ALL.without(names))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(line + ": only posts and calculator can, identity, tasks and gateway are always needed.");
    }

    private static List<String> of(Function<Service, Collection<String>> words) {
        return Catalogue.ALL.services().stream()
                .flatMap(service -> words.apply(service).stream())
                .toList();
    }
}
