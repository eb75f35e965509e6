package dev.orderflow.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports only: nothing is started. */
class LeftOutTest {

    private static final Pattern PORT = Pattern.compile("service loyalty --port (\\d+)\\)");
    private static final int API = 20_000;

    @TempDir
    Path directory;

    @Test
    void shouldGiveTheSamePortAtEachStart() {
        assertThat(portOfLoyalty(API, API)).isBetween(API + 100, API + 110).isEqualTo(portOfLoyalty(API, API));
    }

    @Test
    void shouldGiveAnotherPortWhereThatOneIsTaken() {
        int usual = portOfLoyalty(API, API);

        assertThat(portOfLoyalty(API, usual)).isNotEqualTo(usual);
    }

    @Test
    void shouldGiveAnotherPortWhereThereIsNoneAHundredAboveTheApi() {
        assertThat(portOfLoyalty(65_500, 65_500)).isBetween(1, 65_535);
    }

    private int portOfLoyalty(int api, int kafka) {
        Settings none = Settings.fromAssignments(List.of());
        StackOptions options =
                new StackOptions(directory, api, false, ServiceCatalogue.allBut(List.of("loyalty")), false, none, none);
        List<String> commands =
                LeftOut.of(options, new Ports(api, kafka, 1, 2, 3, 4)).commands();
        Matcher command = PORT.matcher(commands.getFirst());
        assertThat(command.find()).isTrue();
        return Integer.parseInt(command.group(1));
    }
}
