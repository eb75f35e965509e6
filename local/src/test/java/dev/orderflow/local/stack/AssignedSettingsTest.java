package dev.orderflow.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssignedSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void shouldTakeWhatIsMeantForTheStackAndNotForAService() {
        assertThatCode(() -> prepare(
                        "kafka.broker.log.flush.interval.messages=1", "demo.stock=false", "topics.partitions=4"))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseWhatNobodyReads() {
        assertThatThrownBy(() -> prepare("kafka.broken.log.flush.interval.messages=1"))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("kafka.broken.log.flush.interval.messages");
    }

    @Test
    void shouldRememberOnlyWhatItsOwnRegistryHasAnswered() throws IOException {
        Files.createDirectories(directory.resolve("registry").resolve("known"));
        Foundation own = foundation(Settings.fromAssignments(List.of()));
        Foundation another = foundation(Settings.fromAssignments(List.of("registry.url=http://127.0.0.1:1/")));

        assertThat(own.remembersSchemas()).isTrue();
        assertThat(own.settings().find("registry.memory")).isPresent();
        assertThat(another.remembersSchemas()).isFalse();
        assertThat(another.settings().find("registry.memory")).isEmpty();
        assertThat(another.settings().find("registry.url")).contains("http://127.0.0.1:1/");
    }

    @Test
    void shouldLeadToTheServicesThatAreLeftOut() throws IOException {
        Settings assigned = Settings.fromAssignments(List.of("gateway.loyalty=http://127.0.0.1:2/"));
        Foundation foundation =
                foundation(assigned, ServiceCatalogue.allBut(List.of("loyalty", "payment", "notification")));

        Settings settings = foundation.settings();
        assertThat(settings.find("gateway.payment"))
                .hasValueSatisfying(address -> assertThat(address).startsWith("http://127.0.0.1:"));
        assertThat(settings.find("gateway.loyalty")).contains("http://127.0.0.1:2/");
        assertThat(settings.find("gateway.notification"))
                .as("its mails are here")
                .isEmpty();
        assertThat(settings.find("gateway.inventory")).as("is here").isEmpty();
        foundation.leftOut().write(settings);
        Path written = directory.resolve("services.env");
        assertThat(written).content().contains("ORDERFLOW_KAFKA_BOOTSTRAP='127.0.0.1:");
        assertThat(Files.getPosixFilePermissions(written))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(foundation.leftOut().commands())
                .hasSize(3)
                .allSatisfy(command -> assertThat(command).contains(written.toString(), "./orderflow service "))
                .anySatisfy(command -> assertThat(command).contains("service loyalty --port 2)"));
    }

    @Test
    void shouldNotLeaveOutTheServiceThatLeadsToTheOthers() {
        assertThatThrownBy(() -> ServiceCatalogue.allBut(List.of("order")))
                .isInstanceOf(TerminalException.class)
                .hasMessageContaining("cannot be left out");
    }

    private Foundation foundation(Settings assigned) {
        return foundation(assigned, EnumSet.allOf(ServiceCatalogue.class));
    }

    private Foundation foundation(Settings assigned, Set<ServiceCatalogue> services) {
        Progress progress =
                new Progress(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
        StackOptions options = new StackOptions(directory, 0, false, services, false, assigned, assigned);
        return new Foundation(options, Ports.choose(0, assigned), new Startup(progress), progress);
    }

    /** As the stack does before it starts anything. */
    private void prepare(String... assignments) {
        Settings assigned = Settings.fromAssignments(List.of(assignments));
        StackOptions options =
                new StackOptions(directory, 0, false, EnumSet.allOf(ServiceCatalogue.class), false, assigned, assigned);
        DemoStock.isWanted(assigned);
        Foundation foundation = foundation(assigned);
        new TogetherServices(foundation.settings(), options).close();
    }
}
