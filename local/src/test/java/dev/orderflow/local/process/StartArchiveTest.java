package dev.orderflow.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartArchiveTest {

    @Test
    void shouldLieBesideTheJars() {
        assertThat(StartArchive.place("/app/one.jar" + File.pathSeparator + "/app/two.jar"))
                .contains(Path.of("/app/orderflow.aot"));
    }

    @Test
    void shouldHaveNoPlaceWhereClassesLieInDirectories() {
        assertThat(StartArchive.place("/module/target/classes" + File.pathSeparator + "/repository/kafka.jar"))
                .isEmpty();
    }

    @Test
    void shouldLeaveAProgramAsItIsWhereThereIsNone() {
        JavaCommand command = JavaCommand.ofThisProgram(StartArchiveTest.class, List.of("-Xmx96m"), List.of());

        assertThat(command.options()).containsExactly("-Xmx96m");
    }
}
