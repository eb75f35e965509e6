package dev.orderflow.local.registry;

import dev.orderflow.local.process.LoopbackPort;
import dev.orderflow.local.process.ScratchDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive of the registry's loaded classes (class data sharing), kept beside its program, that makes it start in less
 * than half the time. Made once for each version of the registry and of Java, by running the registry for a moment;
 * everything works without it.
 */
public final class RegistryArchive {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryArchive.class);
    private static final Duration DUMP_LIMIT = Duration.ofMinutes(2);
    private static final String SCHEMA = "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Warm\\\","
            + "\\\"fields\\\":[{\\\"name\\\":\\\"%s\\\",\\\"type\\\":\\\"int\\\"}]}\"}";

    private final RegistryInstallation installation;
    private final RegistryLauncher launcher;

    /** The archive of one installation. */
    public RegistryArchive(RegistryInstallation installation) {
        this.installation = installation;
        this.launcher = new RegistryLauncher(installation);
    }

    /** Whether there is one for this Java. */
    public boolean exists() {
        return Files.isRegularFile(launcher.archive());
    }

    /**
     * Makes the archive where there is none: 10 s of one core. A failure is logged, and leaves things as they were. May
     * run while a registry runs, and in several processes at once.
     */
    public void make() throws InterruptedException {
        if (exists()) {
            return;
        }
        try {
            Path scratch = Files.createTempDirectory(installation.directory(), "training");
            try {
                make(scratch);
            } finally {
                ScratchDirectory.delete(scratch);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The schema registry goes on without an archive of its classes: it starts slower", e);
        }
    }

    private void make(Path scratch) throws IOException, InterruptedException {
        Path unfinished = scratch.resolve("shared.jsa");
        List<String> options = List.of("-XX:ArchiveClassesAtExit=" + unfinished);
        RegistryProcess registry = RegistryProcess.start(
                launcher, options, scratch.resolve("data"), LoopbackPort.free(), scratch.resolve("training.log"));
        try (registry) {
            use(registry.url());
            registry.requestStop();
            registry.onExit()
                    .completeOnTimeout(-1, DUMP_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
        deleteOutdated();
        Files.move(unfinished, launcher.archive(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What services ask at their start, so that the classes that answer are in the archive. */
    private static void use(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            send(http, "POST", url + "/subjects/warm-value/versions", SCHEMA.formatted("one"));
            send(http, "PUT", url + "/config/warm-value", "{\"compatibility\":\"FULL_TRANSITIVE\"}");
            send(http, "POST", url + "/subjects/warm-value/versions", SCHEMA.formatted("two"));
            send(http, "POST", url + "/compatibility/subjects/warm-value/versions", SCHEMA.formatted("two"));
            send(http, "POST", url + "/subjects/warm-value", SCHEMA.formatted("one"));
            send(http, "GET", url + "/subjects/warm-value/versions/latest", "");
            send(http, "GET", url + "/schemas/ids/1", "");
            send(http, "GET", url + "/subjects", "");
        }
    }

    private static void send(HttpClient http, String method, String url, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
    }

    private void deleteOutdated() throws IOException {
        try (Stream<Path> files = Files.list(installation.directory())) {
            for (Path file : files.filter(RegistryArchive::isArchive).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isArchive(Path file) {
        return file.getFileName().toString().startsWith("shared-");
    }
}
