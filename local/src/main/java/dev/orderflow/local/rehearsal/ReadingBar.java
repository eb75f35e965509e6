package dev.orderflow.local.rehearsal;

import dev.orderflow.order.recording.ReadingProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows on a terminal how far the reading is. For one thread. */
final class ReadingBar implements ReadingProgress, AutoCloseable {

    private @Nullable ProgressBar bar;

    @Override
    public void begins(long records) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName("records")
                .setInitialMax(records)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed();
        // A log is no place for a line that is written over: it would hold every state of it.
        builder.setConsumer(
                Boolean.getBoolean("orderflow.terminal")
                        ? new ConsoleProgressBarConsumer(System.err)
                        : new DelegatingProgressBarConsumer(line -> {}));
        bar = builder.build();
    }

    @Override
    public void read(int records) {
        if (bar != null) {
            bar.stepBy(records);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
