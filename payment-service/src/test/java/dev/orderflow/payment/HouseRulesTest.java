package dev.orderflow.payment;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.payment", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule PAYMENT_NEEDS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.orderflow.payment.payment..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.payment.payment..", "java..", "org.jspecify.annotations..");

    /** What audits shares no decision with what is audited. */
    @ArchTest
    static final ArchRule BOOKS_NEED_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.orderflow.payment.book..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.payment.book..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule STRIPE_S_NAMES_NEED_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.orderflow.payment.stripe..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.payment.stripe..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule PROVIDERS_KNOW_NO_KAFKA_AND_NO_STATE = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.payment.provider..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.orderflow.payment.topology..", "dev.orderflow.payment.http..", "org.apache.kafka..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule TOPOLOGY_KNOWS_NO_HTTP = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.payment.topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.payment.http..", "io.micronaut..")
            .allowEmptyShould(true);
}
