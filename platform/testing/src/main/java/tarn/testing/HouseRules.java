package tarn.testing;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The house rules on one program's compiled classes; [HouseRule] lists them.
///
/// ```java
/// final class TasksHouseTest {
///
///     @TestFactory
///     Stream<DynamicTest> tasks() {
///         return HouseRules.of("tarn.tasks").tests();
///     }
/// }
/// ```
public final class HouseRules {

    private record Exemption(HouseRule rule, String type) {}

    private final House house;
    private final List<Exemption> exemptions = new ArrayList<>();

    private HouseRules(House house) {
        this.house = house;
    }

    /// The rules applied to a package and its subpackages, without tests and generated code.
    public static HouseRules of(String root) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(place -> !place.contains("/test-classes/") && !place.contains("/sql/"))
                .importPackages(root);
        return on(root, classes);
    }

    static HouseRules on(String root, JavaClasses classes) {
        return new HouseRules(new House(root, classes));
    }

    /// Exempts a class from a rule.
    ///
    /// @param type the full name of a top-level class
    public HouseRules exempt(HouseRule rule, String type, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("An exemption without a reason: " + type);
        }
        exemptions.add(new Exemption(rule, type));
        return this;
    }

    /// One test per rule, and one that every exemption is still needed.
    public Stream<DynamicTest> tests() {
        return Stream.concat(
                Stream.of(HouseRule.values()).map(rule -> DynamicTest.dynamicTest(rule.statement(), () -> check(rule))),
                Stream.of(DynamicTest.dynamicTest("has no exemption it does not need", this::checkExemptions)));
    }

    void check(HouseRule rule) {
        String breaches = rule.breaches(house)
                .filter(breach -> !exemptions.contains(new Exemption(rule, breach.where())))
                .map(HouseRule.Breach::what)
                .distinct()
                .sorted()
                .collect(joining("\n  "));
        if (!breaches.isEmpty()) {
            throw new AssertionError("%s no longer %s.\nTo mend it: %s\n  %s"
                    .formatted(house.root(), rule.statement(), rule.mending(), breaches));
        }
    }

    private void checkExemptions() {
        if (house.own().findAny().isEmpty()) {
            throw new AssertionError("There are no classes in " + house.root() + ": is the name right?");
        }
        for (Exemption exemption : exemptions) {
            if (exemption
                    .rule()
                    .breaches(house)
                    .noneMatch(breach -> breach.where().equals(exemption.type()))) {
                throw new AssertionError(exemption.type() + " keeps the rule that it "
                        + exemption.rule().statement() + ": take the exemption away.");
            }
        }
    }
}
