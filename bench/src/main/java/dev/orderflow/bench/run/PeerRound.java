package dev.orderflow.bench.run;

import dev.orderflow.bench.load.Shape;
import dev.orderflow.local.client.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs an engine of the peers' harness with the cells that both sides have. */
final class PeerRound {

    private static final int LEAST_WARM_UP = 6;

    private PeerRound() {}

    /** @param log gets what the harness says beside its results */
    static void run(Subject.Peer peer, int round, List<Cell> cells, Pace pace, Watcher watcher, Path log) {
        String clients = numbers(cells, true);
        String rates = numbers(cells, false);
        if (clients.isEmpty() && rates.isEmpty()) {
            return;
        }
        watcher.now(peer.label());
        List<String> words = new ArrayList<>(List.of(
                peer.directory().resolve("run.sh").toString(),
                "matrix",
                "--engines",
                peer.label(),
                "--seconds",
                seconds(pace.cell()),
                "--warmup",
                Long.toString(Math.max(LEAST_WARM_UP, pace.warmUp().toSeconds())),
                "--concurrency",
                clients,
                "--rates",
                rates));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            Process process = builder.start();
            Thread atExit = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(atExit);
            Thread lines = Thread.ofPlatform().daemon().start(() -> read(process, round, watcher));
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                watcher.tick();
            }
            lines.join();
            Runtime.getRuntime().removeShutdownHook(atExit);
            if (process.exitValue() != 0) {
                throw new CommandException("The engine " + peer.label() + " could not be run (status "
                        + process.exitValue() + "); what its harness said is in " + log);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The peers' harness cannot be started", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted");
        }
    }

    private static void read(Process process, int round, Watcher watcher) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("{")) {
                    watcher.done(Results.ofPeer(line, round));
                }
            }
        } catch (IOException ended) {
            // Its status says whether it did what it should.
        }
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }

    private static String numbers(List<Cell> cells, boolean closed) {
        return cells.stream()
                .filter(Cell.Http.class::isInstance)
                .map(cell -> ((Cell.Http) cell).shape())
                .filter(shape -> shape instanceof Shape.Closed == closed)
                .map(shape -> switch (shape) {
                    case Shape.Closed(int clients) -> Integer.toString(clients);
                    case Shape.Open(int perSecond) -> Integer.toString(perSecond);
                })
                .collect(Collectors.joining(","));
    }
}
