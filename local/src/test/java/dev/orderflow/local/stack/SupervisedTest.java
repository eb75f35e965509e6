package dev.orderflow.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisedTest {

    private static final class Child implements AutoCloseable {
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public void close() {
            closed.set(true);
            exit.complete(0);
        }
    }

    @Test
    void shouldStartAgainWhatHasEndedByItself() throws InterruptedException {
        CountDownLatch startedAgain = new CountDownLatch(2);
        try (Supervised<Child> supervised =
                new Supervised<>("part", () -> counted(startedAgain), child -> child.exit)) {
            Child first = supervised.running();
            first.exit.complete(137);

            assertThat(startedAgain.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(first.closed).isFalse();
        }
    }

    private static Child counted(CountDownLatch starts) {
        starts.countDown();
        return new Child();
    }

    @Test
    void shouldBreakOffARestartWhenItIsClosed() throws InterruptedException {
        Child first = new Child();
        AtomicInteger starts = new AtomicInteger();
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch brokenOff = new CountDownLatch(1);
        Supervised<Child> supervised = new Supervised<>(
                "part",
                () -> {
                    if (starts.getAndIncrement() == 0) {
                        return first;
                    }
                    under.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException asked) {
                        brokenOff.countDown();
                    }
                    throw new IllegalStateException("The start was broken off");
                },
                child -> child.exit);
        first.exit.complete(137);
        assertThat(under.await(30, TimeUnit.SECONDS)).isTrue();

        supervised.close();

        assertThat(brokenOff.getCount()).as("starts that go on after the close").isZero();
        assertThat(starts).hasValue(2);
    }
}
