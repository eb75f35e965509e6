package dev.orderflow.order;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.order", importOptions = ImportOption.DoNotIncludeTests.class)
class SagaBoundariesTest {

    @ArchTest
    static final ArchRule SAGA_NEEDS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.orderflow.order.saga..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.order.saga..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule REHEARSAL_NEEDS_ONLY_THE_SAGA = classes()
            .that()
            .resideInAPackage("dev.orderflow.order.rehearsal..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.orderflow.order.rehearsal..",
                    "dev.orderflow.order.saga..",
                    "java..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule SAGA_IN_SERVICE_KNOWS_NO_RECORDING = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.orderflow.order.topology..", "dev.orderflow.order.http..", "dev.orderflow.order.view..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.orderflow.order.recording..");

    @ArchTest
    static final ArchRule RECORDING_WRITES_NOTHING = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.order.recording..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.orderflow.order.http..",
                    "dev.orderflow.order.view..",
                    "io.micronaut..",
                    "org.apache.kafka.clients.producer..");

    @ArchTest
    static final ArchRule TOPOLOGY_KNOWS_NO_HTTP = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.order.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.order.http..", "dev.orderflow.order.view..", "io.micronaut..")
            .allowEmptyShould(true);
}
