package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HouseRulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(place -> !place.contains("Test.class") && !place.contains("Test$"))
            .importPackages("tarn.testing");

    @TestFactory
    Stream<DynamicTest> platform() {
        return HouseRules.of("tarn.platform")
                .exempt(
                        HouseRule.FINAL,
                        "tarn.platform.database.OwnDatabase",
                        "every service with a schema extends it, to say its name")
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> testing() {
        return HouseRules.of("tarn.testing").tests();
    }

    @TestFactory
    Stream<DynamicTest> sample() {
        return on("tarn.testing.sample")
                .exempt(HouseRule.CALLERS, "tarn.testing.sample.NoteResource", "one endpoint forgets it on purpose")
                .tests();
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                Arguments.of(HouseRule.OTHER_SERVICES, "curious", List.of("cycle.Hen")),
                Arguments.of(HouseRule.PACKAGE_CYCLES, "cycle", List.of("Cycle detected", "cycle.below")),
                Arguments.of(
                        HouseRule.HTTP,
                        "layers",
                        List.of("jakarta.ws.rs.core.Response", "org.jboss.resteasy.reactive.RestResponse")),
                Arguments.of(HouseRule.SQL, "layers", List.of("org.jooq.DSLContext")),
                Arguments.of(HouseRule.NOUNS, "layers", List.of("Plan", "JsonNode")),
                Arguments.of(
                        HouseRule.LAYERS,
                        "layers",
                        List.of("layers.Plans.count(", "layers.PlanStore.plans>", "layers.PlanResource.store>")),
                Arguments.of(HouseRule.VISIBILITY, "open", List.of("Everyones is public")),
                Arguments.of(HouseRule.FINAL, "open", List.of("Loose is open")),
                Arguments.of(HouseRule.FIELD_INJECTION, "filled", List.of("its field clock")),
                Arguments.of(HouseRule.SINGLE_IMPLEMENTATION, "pompous", List.of("Greeter is an interface")),
                Arguments.of(
                        HouseRule.OUTSIDE_WORLD,
                        "restless",
                        List.of(
                                "Instant.now()",
                                "LocalDate.now(",
                                "Clock.systemUTC()",
                                "Thread.sleep(",
                                "System.out",
                                "System.err",
                                "System.getenv(",
                                "System.currentTimeMillis()",
                                "UUID.randomUUID()")),
                Arguments.of(HouseRule.PUBLIC_ENDPOINTS, "door", List.of("hidden() is an endpoint and not public")),
                Arguments.of(HouseRule.CALLERS, "door", List.of("open() does not say who may call it")),
                Arguments.of(HouseRule.NULL_MARKED, "unmarked", List.of("unmarked is not @NullMarked")));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void findsWhatBreaksARuleAndSaysHowToMendIt(HouseRule rule, String fixture, List<String> findings) {
        HouseRules rules = on("tarn.testing.fixtures." + fixture);

        assertThatThrownBy(() -> rules.check(rule))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("To mend it: " + rule.mending())
                .satisfies(failure -> assertThat(failure.getMessage()).contains(findings));
    }

    @Test
    void provesEveryRuleToBite() {
        assertThat(breaches().map(breach -> breach.get()[0])).containsExactlyInAnyOrder((Object[]) HouseRule.values());
    }

    @Test
    void letsTimeBeToldByAClock() {
        assertThatThrownBy(() -> on("tarn.testing.fixtures.restless").check(HouseRule.OUTSIDE_WORLD))
                .message()
                .doesNotContain("allowed(");
    }

    @Test
    void wantsAReasonForAnExemptionAndANeedForIt() {
        HouseRules rules = on("tarn.testing.fixtures.filled");
        String filled = "tarn.testing.fixtures.filled.Filled";

        assertThatThrownBy(() -> rules.exempt(HouseRule.FIELD_INJECTION, filled, " "))
                .hasMessageContaining("without a reason");
        assertThat(failures(rules.exempt(HouseRule.FIELD_INJECTION, filled, "it is a fixture")))
                .isEmpty();
        assertThat(failures(rules.exempt(HouseRule.FINAL, filled, "nobody knows why")))
                .singleElement()
                .asString()
                .contains("take the exemption away");
    }

    @Test
    void noticesThatItLooksAtNothing() {
        assertThat(failures(HouseRules.of("tarn.nowhere")))
                .singleElement()
                .asString()
                .contains("no classes");
    }

    private static List<String> failures(HouseRules rules) {
        List<String> failures = new ArrayList<>();
        rules.tests().forEach(test -> {
            try {
                test.getExecutable().execute();
            } catch (Throwable failure) {
                failures.add(String.valueOf(failure.getMessage()));
            }
        });
        return failures;
    }

    private static HouseRules on(String root) {
        return HouseRules.on(root, CLASSES);
    }
}
