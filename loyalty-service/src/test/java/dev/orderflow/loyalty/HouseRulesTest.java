package dev.orderflow.loyalty;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.loyalty", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule POINTS_NEEDS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.orderflow.loyalty.points..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.loyalty.points..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule TOPOLOGY_KNOWS_NO_HTTP = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.loyalty.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.loyalty.http..", "io.micronaut..");

    @ArchTest
    static final ArchRule HTTP_DECIDES_NOTHING = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.loyalty.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.orderflow.loyalty.topology..");
}
