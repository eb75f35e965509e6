package dev.orderflow.local.registry;

import dev.orderflow.local.process.LoopbackPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The registry's configuration: alone on a developer's machine, on disk, quiet, and small. */
final class RegistrySettings {

    /** Each thread of glibc would otherwise keep a memory arena of its own. */
    static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    private RegistrySettings() {}

    /** Options of the virtual machine. */
    static List<String> virtualMachine() {
        return List.of(
                "-XX:+UseSerialGC",
                "-Xms24m",
                "-Xmx96m",
                "-Xmn12m",
                "-Xss512k",
                // It answers a few requests at the start of each service: never long enough for the second compiler.
                "-XX:TieredStopAtLevel=1",
                // Only reserved: the JVM collects all of the heap each time code has grown by a share of this.
                "-XX:ReservedCodeCacheSize=240m",
                "-XX:-UsePerfData",
                // The two options below cost the archive one of its tricks, which it reports as errors.
                "-Xlog:cds=off",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    }

    /** Properties of the registry, as options of the virtual machine; paths are relative to its working directory. */
    static List<String> properties(int port, Path temporary) {
        List<String> options = new ArrayList<>();
        options.add("-Djava.io.tmpdir=" + temporary.toAbsolutePath());
        options.add("-Dquarkus.http.host=" + LoopbackPort.HOST);
        options.add("-Dquarkus.http.port=" + port);
        // The management interface has no off switch at run time; without a host it does not listen.
        options.add("-Dquarkus.management.host-enabled=false");
        // An id that has been handed out is in records for ever: on disk before it is answered (the default is 500 ms
        // later, and a kill -9 in between would give the id away twice).
        options.add("-Dapicurio.datasource.url=jdbc:h2:file:./registry;WRITE_DELAY=0");
        options.add("-Dapicurio.datasource.jdbc.initial-size=1");
        options.add("-Dapicurio.datasource.jdbc.min-size=1");
        options.add("-Dapicurio.datasource.jdbc.max-size=8");
        // Its jobs refresh what nobody changes and delete downloads that nobody asks for.
        options.add("-Dquarkus.scheduler.enabled=false");
        options.add("-Dquarkus.vertx.event-loops-pool-size=1");
        options.add("-Dquarkus.thread-pool.core-threads=1");
        options.add("-Dquarkus.thread-pool.max-threads=16");
        options.add("-Dquarkus.http.access-log.enabled=false");
        options.add("-Dquarkus.banner.enabled=false");
        options.add("-Dquarkus.log.category.\"io.apicurio\".level=WARN");
        options.add("-Dquarkus.log.category.\"io.quarkus.config\".level=ERROR");
        return options;
    }
}
