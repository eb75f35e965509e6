package dev.orderflow.inventory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.inventory", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule STOCK_NEEDS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.orderflow.inventory.stock..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.inventory.stock..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule TOPOLOGY_KNOWS_NO_HTTP = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.inventory.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.inventory.http..", "io.micronaut..");

    @ArchTest
    static final ArchRule HTTP_DECIDES_NOTHING = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.inventory.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.orderflow.inventory.topology..");
}
