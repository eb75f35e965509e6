package dev.orderflow.order;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.order", importOptions = ImportOption.DoNotIncludeTests.class)
class OrderBoundariesTest {

    @ArchTest
    static final ArchRule VIEW_KNOWS_NEITHER_HTTP_NOR_THE_SAGA = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.order.view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.orderflow.order.http..",
                    "dev.orderflow.order.saga..",
                    "dev.orderflow.order.topology..",
                    "io.micronaut..");

    @ArchTest
    static final ArchRule HTTP_DECIDES_NOTHING = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.order.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.order.topology..", "org.apache.kafka.streams..");
}
