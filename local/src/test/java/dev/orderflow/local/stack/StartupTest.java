package dev.orderflow.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StartupTest {

    private final List<String> closed = new CopyOnWriteArrayList<>();
    private final Startup startup = new Startup(
            new Progress(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false));

    @Test
    void shouldCloseWhatStandsOnOthersFirst() {
        Startup.Layer foundation = startup.layer();
        start("broker").join();
        startup.nextLayer();
        start("services").join();
        startup.part(foundation, "registry", () -> part("registry"), Object::toString)
                .join();

        startup.close();

        assertThat(closed).hasSize(3).first().isEqualTo("services");
        assertThat(closed).containsExactlyInAnyOrder("services", "broker", "registry");
    }

    @Test
    void shouldCloseWhatWasStillStarting() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        CompletableFuture<AutoCloseable> late = startup.part(
                "late",
                () -> {
                    begun.countDown();
                    awaitQuietly(released);
                    return part("late");
                },
                Object::toString);
        awaitQuietly(begun);
        startup.close();
        assertThat(closed).isEmpty();

        released.countDown();

        assertThat(late).succeedsWithin(Duration.ofSeconds(10));
        assertThat(closed).containsExactly("late");
    }

    @Test
    void shouldCloseTheRestWhenAPartCannotBeClosed() {
        startup.closeLater(() -> {
            throw new IllegalStateException("does not end");
        });
        start("broker").join();

        startup.close();

        assertThat(closed).containsExactly("broker");
    }

    private CompletableFuture<AutoCloseable> start(String name) {
        return startup.part(name, () -> part(name), Object::toString);
    }

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
