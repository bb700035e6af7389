package tarn.imports;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import tarn.platform.Invisible;

/// The readers stand alone: no class of Quarkus, of a service or of the rest of the platform.
final class ImportsHouseTest {

    @Test
    void readersKnowNothingButJavaTheirParsersAndTheRulesOfText() {
        JavaClasses readers = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("tarn.imports");

        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "java..",
                                "tarn.imports",
                                "com.fasterxml.jackson.core..",
                                "de.siegmar.fastcsv..",
                                "com.ibm.icu.text..",
                                "org.jspecify.annotations")
                        .or(belongToAnyOf(Invisible.class)))
                .check(readers);
    }
}
