package dev.orderflow.notification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.notification", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule MESSAGE_NEEDS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.orderflow.notification.message..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.notification.message..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule DELIVERY_KNOWS_NO_EVENTS = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.notification.delivery..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.orderflow.notification.topology..", "dev.orderflow.events..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule TOPOLOGY_KNOWS_NO_MAIL_PROTOCOL = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.notification.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..", "io.micronaut..");
}
