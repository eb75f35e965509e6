package dev.orderflow.system.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.service.OrderflowService;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What compose.yaml tells our services: classes that exist, settings that are read, addresses that are there. */
class ComposeSettingsTest {

    /** Read where the process starts, before the service is made. */
    private static final Set<String> READ_BY_MAIN =
            Set.of("http.host", "http.port", "topics.partitions", "topics.replication");

    private final ComposeFile compose = ComposeFile.read();

    @Test
    void shouldRunClassesThatCanBeRun() throws Exception {
        for (Map.Entry<String, Map<String, Object>> service : compose.ours().entrySet()) {
            Class<?> main = Class.forName(mainClass(service.getValue()));

            assertThat(Modifier.isStatic(main.getMethod("main", String[].class).getModifiers()))
                    .as(service.getKey())
                    .isTrue();
        }
    }

    @Test
    void shouldSetOnlyWhatTheServiceReads(@TempDir Path directory) throws Exception {
        Set<String> readByAny = new HashSet<>(READ_BY_MAIN);
        for (Map.Entry<String, Map<String, Object>> service : compose.product().entrySet()) {
            Map<String, String> environment = new HashMap<>(ComposeFile.environment(service.getValue()));
            assertThat(environment).as(service.getKey()).containsAllEntriesOf(compose.sharedSettings());

            Set<String> read = settingsReadBy(mainClass(service.getValue()), environment, directory);

            readByAny.addAll(read);
            environment.keySet().removeAll(compose.sharedSettings().keySet());
            assertThat(read).as("what %s reads", service.getKey()).containsAll(names(environment));
        }

        assertThat(readByAny).containsAll(names(compose.sharedSettings())).containsAll(names(environmentOfImage()));
    }

    @Test
    void shouldNameHostsThatAreServices() {
        Pattern host = Pattern.compile("(?:https?://)?([a-z0-9-]+):\\d+");
        compose.services()
                .forEach((name, service) -> ComposeFile.environment(service).forEach((variable, value) -> {
                    if (variable.startsWith("ORDERFLOW_") || variable.endsWith("BOOTSTRAP_SERVERS")) {
                        for (String address : value.split(",", -1)) {
                            Matcher matcher = host.matcher(address);
                            if (matcher.lookingAt()) {
                                assertThat(compose.services())
                                        .as("%s of %s", variable, name)
                                        .containsKey(matcher.group(1));
                            }
                        }
                    }
                }));
    }

    @Test
    void shouldSendCustomersToAPortThatIsOpenToThem() {
        Map<String, Object> provider = compose.services().get("provider");
        URI pages = URI.create(ComposeFile.environment(provider).get("ORDERFLOW_PAYMENT_PUBLIC__URL"));

        assertThat(ComposeFile.list(provider, "ports"))
                .singleElement()
                .asString()
                .startsWith(pages.getHost() + ":" + pages.getPort() + ":")
                .endsWith(":" + ComposeFile.environment(provider).get("ORDERFLOW_HTTP_PORT"));
    }

    @Test
    void shouldScrapeEveryServiceOfTheProduct() {
        Map<String, Object> prometheus = ComposeFile.yaml(ComposeFile.DIRECTORY.resolve("prometheus/prometheus.yml"));
        Map<String, Object> job = ComposeFile.map(((List<?>) prometheus.get("scrape_configs")).getFirst());
        Map<String, Object> targets = ComposeFile.map(((List<?>) job.get("static_configs")).getFirst());

        assertThat(ComposeFile.list(targets, "targets"))
                .containsExactlyInAnyOrderElementsOf(compose.product().keySet().stream()
                        .map(name -> name + ":8080")
                        .toList());
    }

    private static String mainClass(Map<String, Object> service) {
        return ComposeFile.list(service, "command").getFirst();
    }

    /** Makes the service without starting it, with addresses at which nobody answers. */
    private static Set<String> settingsReadBy(String main, Map<String, String> environment, Path directory)
            throws Exception {
        Settings settings = Settings.fromEnvironment(environment)
                .overlaidWith(Settings.of(Map.of(
                        "kafka.bootstrap", "127.0.0.1:9",
                        "registry.url", "http://127.0.0.1:9",
                        "data.dir", directory.resolve(main).toString())));
        ServiceContext context = ServiceContext.from(settings, new SimpleMeterRegistry());
        Class<?> type = Class.forName(main.replaceFirst("Main$", "Service"));
        try (OrderflowService made =
                (OrderflowService) type.getConstructor(ServiceContext.class).newInstance(context)) {
            assertThat(made.isReady()).isFalse();
            return new TreeSet<>(settings.known());
        }
    }

    private static Set<String> names(Map<String, String> environment) {
        return Settings.fromEnvironment(environment).asMap().keySet();
    }

    private static Map<String, String> environmentOfImage() throws IOException {
        Map<String, String> environment = new HashMap<>();
        Matcher matcher = Pattern.compile("(ORDERFLOW_\\w+)=(\\S+)")
                .matcher(Files.readString(ComposeFile.DIRECTORY.resolve("Dockerfile")));
        while (matcher.find()) {
            environment.put(matcher.group(1), matcher.group(2));
        }
        return environment;
    }
}
