package io.github.pgtandem;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The one way data flows: files, migration, operation, schema, change, plan, execute, state. */
@AnalyzeClasses(packages = "io.github.pgtandem", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule LAYERS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("schema")
            .definedBy("..pgtandem.schema..")
            .layer("change")
            .definedBy("..pgtandem.change..")
            .layer("migration")
            .definedBy("..pgtandem.migration..")
            .layer("operation")
            .definedBy("..pgtandem.operation..")
            .layer("plan")
            .definedBy("..pgtandem.plan..")
            .layer("catalog")
            .definedBy("..pgtandem.catalog..")
            .layer("state")
            .definedBy("..pgtandem.state..")
            .layer("execute")
            .definedBy("..pgtandem.execute..")
            .whereLayer("schema")
            .mayNotAccessAnyLayer()
            .whereLayer("migration")
            .mayNotAccessAnyLayer()
            .whereLayer("change")
            .mayOnlyAccessLayers("schema")
            .whereLayer("operation")
            .mayOnlyAccessLayers("migration", "schema", "change")
            .whereLayer("plan")
            .mayOnlyAccessLayers("migration", "operation", "schema", "change")
            .whereLayer("catalog")
            .mayOnlyAccessLayers("schema")
            .whereLayer("state")
            .mayOnlyAccessLayers("migration", "schema", "change", "plan")
            .because("an operation must be readable without knowing how it is carried out");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.github.pgtandem.(*)..")
            .should()
            .beFreeOfCycles()
            .because("each package can be read on its own");

    @ArchTest
    static final ArchRule CONNECTIONS = noClasses()
            .that()
            .resideInAnyPackage("..migration..", "..operation..", "..schema..", "..change..", "..plan..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.."))
            .because("what is planned without a connection can be tested and persisted without one");

    @ArchTest
    static final ArchRule NO_SPRING_BOOT = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework.boot..", "org.springframework.context.."))
            .because("the engine serves whatever embeds it");

    @ArchTest
    static final ArchRule YAML_STAYS_OUTSIDE = classes()
            .that(resideInAnyPackage("tools.jackson.dataformat..", "org.snakeyaml.."))
            .should()
            .onlyBeAccessed()
            .byAnyPackage("..migration..", "tools.jackson..", "org.snakeyaml..")
            .allowEmptyShould(true)
            .because("nothing after the parser knows how files are written");
}
