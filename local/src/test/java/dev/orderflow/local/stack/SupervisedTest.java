package dev.orderflow.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.local.process.Child;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisedTest {

    private static final class StandIn implements Child {
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public boolean isAlive() {
            return !exit.isDone();
        }

        @Override
        public CompletableFuture<Integer> onExit() {
            return exit;
        }

        @Override
        public void requestStop() {
            close();
        }

        @Override
        public void kill() {
            exit.complete(137);
        }

        @Override
        public void close() {
            closed.set(true);
            exit.complete(0);
        }
    }

    @Test
    void shouldStartAgainWhatHasEndedByItself() throws InterruptedException {
        CountDownLatch startedAgain = new CountDownLatch(2);
        try (Supervised<StandIn> supervised = new Supervised<>("part", () -> counted(startedAgain))) {
            StandIn first = supervised.running();
            first.kill();

            assertThat(startedAgain.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(first.closed).isFalse();
        }
    }

    private static StandIn counted(CountDownLatch starts) {
        starts.countDown();
        return new StandIn();
    }

    @Test
    void shouldBreakOffARestartWhenItIsClosed() throws InterruptedException {
        StandIn first = new StandIn();
        AtomicInteger starts = new AtomicInteger();
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch brokenOff = new CountDownLatch(1);
        Supervised<StandIn> supervised = new Supervised<>("part", () -> {
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
        });
        first.kill();
        assertThat(under.await(30, TimeUnit.SECONDS)).isTrue();

        supervised.close();

        assertThat(brokenOff.getCount()).as("starts that go on after the close").isZero();
        assertThat(starts).hasValue(2);
    }
}
