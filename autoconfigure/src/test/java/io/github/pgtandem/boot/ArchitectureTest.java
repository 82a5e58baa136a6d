package io.github.pgtandem.boot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses BOOT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.pgtandem.boot");

    @Test
    void bootUsesThePublicApiOfTheEngineOnly() {
        DescribedPredicate<JavaClass> internal = DescribedPredicate.describe(
                "internal classes of the engine",
                type -> type.getPackageName().startsWith("io.github.pgtandem.")
                        && !type.getPackageName().startsWith("io.github.pgtandem.boot"));
        noClasses()
                .should()
                .dependOnClassesThat(internal)
                .because("everything below the root package may change without notice")
                .check(BOOT);
    }

    @Test
    void toolsAndOperatorsPackagesDoNotKnowEachOther() {
        slices().matching("io.github.pgtandem.boot.(actuate|coexist)..")
                .should()
                .notDependOnEachOther()
                .because("each is there only where its libraries are")
                .check(BOOT);
    }

    @Test
    void pinningDoesNotKnowHowItIsConfigured() {
        noClasses()
                .that()
                .resideInAPackage("io.github.pgtandem.boot.pin")
                .should()
                .dependOnClassesThat()
                .haveSimpleNameEndingWith("AutoConfiguration")
                .because("it can be tried without an application context")
                .check(BOOT);
    }
}
