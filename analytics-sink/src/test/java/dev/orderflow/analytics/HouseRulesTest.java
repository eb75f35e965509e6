package dev.orderflow.analytics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.orderflow.analytics", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule BATCH_NEEDS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.orderflow.analytics.batch..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.analytics.batch..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule THE_DATABASE_KNOWS_NO_KAFKA = noClasses()
            .that()
            .resideInAnyPackage("dev.orderflow.analytics.clickhouse..", "dev.orderflow.analytics.pipes..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.orderflow.analytics.sink..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule THE_SINK_KNOWS_NO_CLICKHOUSE = noClasses()
            .that()
            .resideInAPackage("dev.orderflow.analytics.sink..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.orderflow.analytics.clickhouse..",
                    "dev.orderflow.analytics.pipes..",
                    "com.clickhouse..",
                    "io.micronaut..");
}
