package dev.orderflow.bench.command;

import dev.orderflow.bench.run.CellResult;
import dev.orderflow.bench.run.Results;
import dev.orderflow.bench.run.Watcher;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far it is, and writes each result as it comes. Safe for use by several threads. */
final class Console implements Watcher, AutoCloseable {

    private final List<CellResult> results = new CopyOnWriteArrayList<>();
    private final BufferedWriter file;
    private final ProgressBar bar;
    private final boolean terminal = Boolean.getBoolean("orderflow.terminal.errors");

    /**
     * @param file gets a line of JSON per cell
     * @param length how long it takes, about
     */
    Console(Path file, Duration length) {
        try {
            this.file = Files.newBufferedWriter(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("Results cannot be written to " + file, failure);
        }
        // A log is no place for a line that is written over: it would hold every state of it.
        ProgressBarConsumer consumer =
                terminal ? new ConsoleProgressBarConsumer(System.err) : new DelegatingProgressBarConsumer(line -> {});
        this.bar = new ProgressBarBuilder()
                .setTaskName("bench")
                .setInitialMax(length.toSeconds())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .hideEta()
                .setConsumer(consumer)
                .build();
    }

    /** All results so far. */
    List<CellResult> results() {
        return List.copyOf(results);
    }

    @Override
    public void now(String what) {
        bar.setExtraMessage(" " + what);
        if (!terminal) {
            System.err.println("# " + what);
        }
    }

    @Override
    public void tick() {
        bar.stepTo(Math.min(bar.getMax() - 1, bar.getCurrent() + 1));
    }

    @Override
    public synchronized void done(CellResult result) {
        results.add(result);
        String line = Results.line(result);
        System.out.println(line);
        System.out.flush();
        try {
            file.write(line);
            file.newLine();
            file.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException("A result cannot be written", failure);
        }
    }

    @Override
    public synchronized void close() {
        bar.close();
        try {
            file.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("The results cannot be written", failure);
        }
    }
}
