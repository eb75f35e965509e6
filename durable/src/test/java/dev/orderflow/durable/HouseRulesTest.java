package dev.orderflow.durable;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.durable", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule KNOWS_NO_ORDERS = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are of Orderflow, but not of durable",
                    (JavaClass type) -> type.getPackageName().startsWith("dev.orderflow.")
                            && !type.getPackageName().startsWith("dev.orderflow.durable")));

    @ArchTest
    static final ArchRule TIMERS_EFFECTS_AND_STORES_RUN_WITHOUT_THE_RUNTIME = noClasses()
            .that()
            .resideInAnyPackage(
                    "..durable.timer..",
                    "..durable.effect..",
                    "..durable.store..",
                    "..durable.wire..",
                    "..durable.settings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..durable.runtime..", "..durable.service..", "..durable.http..", "io.micronaut..");

    @ArchTest
    static final ArchRule THE_RUNTIME_SERVES_NO_HTTP = noClasses()
            .that()
            .resideInAPackage("..durable.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..durable.service..", "..durable.http..", "io.micronaut..");
}
