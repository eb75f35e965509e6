package dev.orderflow.local.command;

import dev.orderflow.local.client.Api;
import dev.orderflow.local.process.JavaCommand;
import dev.orderflow.local.process.ScratchDirectory;
import dev.orderflow.local.process.StartArchive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the {@link StartArchive}: runs the whole stack under load for a while, and lets it write what it has loaded, and what it
 * has learned of its methods.
 */
final class StartTraining {

    private static final Logger LOG = LoggerFactory.getLogger(StartTraining.class);
    private static final Pattern READY = Pattern.compile("^Ready in \\S+ s at (http://\\S+)");
    private static final long WRITE_MINUTES = 5;
    private static final int ORDERS = 5;

    private static final long ORDER_SECONDS = 10;

    /** What the processes that begin with it have in common; another collector or size of the heap does not matter to it. */
    private static final List<String> SHAPE = List.of(
            "-Xmx640m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Djakarta.mail.util.StreamProvider=org.eclipse.angus.mail.util.MailStreamProvider",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final String ORDER = """
            {"userId":"u1","currency":"EUR","stockLocation":"berlin","paymentMethodId":"pm_u1",
             "items":[{"productId":"mug-blue","quantity":1,"price":1200}]}
            """;

    private StartTraining() {}

    /** Makes it at a place. A failure is logged, and leaves things as they were. */
    static void make(Path place) throws InterruptedException {
        try {
            Path scratch = Files.createTempDirectory("orderflow-training");
            try {
                Path unfinished = scratch.resolve(place.getFileName());
                run(scratch.resolve("data"), unfinished);
                Files.move(unfinished, place, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                ScratchDirectory.delete(scratch);
            }
        } catch (IOException | RuntimeException failure) {
            LOG.warn(
                    "Orderflow goes on without an archive of its classes: it starts slower, and is slower under load",
                    failure);
        }
    }

    private static void run(Path data, Path archive) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(SHAPE);
        options.addAll(StartArchive.writtenTo(archive));
        String home = System.getProperty("orderflow.home", "");
        if (!home.isEmpty()) {
            options.add("-Dorderflow.home=" + home);
        }
        Process up = new ProcessBuilder(JavaCommand.unarchived(
                                Main.class,
                                options,
                                List.of(
                                        "up",
                                        "--port",
                                        "0",
                                        "--data",
                                        data.toString(),
                                        "--set",
                                        "dispatch.duration=0s"))
                        .words())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = up.inputReader(StandardCharsets.UTF_8)) {
            Api api = new Api(URI.create(awaitReady(said)));
            // Nobody needs what it says from here on, but it would wait for somebody to read it.
            Thread reader = Thread.ofPlatform().start(() -> passOver(said));
            use(api, home);
            // By its handle: Process.destroy would close the stream that is read.
            up.toHandle().destroy();
            reader.join();
            if (!up.waitFor(WRITE_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("The archive was not written within " + WRITE_MINUTES + " minutes");
            }
        } finally {
            up.descendants().forEach(ProcessHandle::destroyForcibly);
            up.destroyForcibly();
        }
    }

    private static void passOver(BufferedReader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException closed) {
            LOG.debug("The stack of the training says no more", closed);
        }
    }

    private static String awaitReady(BufferedReader said) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            lines.add(line);
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return ready.group(1);
            }
        }
        throw new IOException("It did not start:\n" + String.join("\n", lines));
    }

    /** What is asked after a start, so that the classes that answer are in the archive. */
    private static void use(Api api, String home) throws IOException, InterruptedException {
        List<String> orders = home.isEmpty() ? List.of(ORDER) : TrainingLoad.examples(Path.of(home));
        new TrainingLoad(api, orders, TrainingLoad.Size.ENOUGH).run();
        for (int i = 0; i < ORDERS; i++) {
            api.order(ORDER, ORDER_SECONDS, i % 2 == 0);
        }
        api.get("/health/readiness");
        api.get("/stock?limit=10");
        api.get("/v0/pipes/revenue_dashboard.json");
        api.get("/prometheus");
    }
}
