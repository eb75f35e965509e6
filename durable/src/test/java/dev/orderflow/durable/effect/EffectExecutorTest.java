package dev.orderflow.durable.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EffectExecutorTest {

    @Test
    void shouldInterruptATryThatTakesTooLong() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

        EffectExecutor.virtualThreads()
                .execute(
                        () -> {
                            try {
                                new CountDownLatch(1).await();
                                interrupted.complete(false);
                            } catch (InterruptedException expected) {
                                interrupted.complete(true);
                            }
                        },
                        Duration.ofMillis(20),
                        () -> {});

        assertThat(interrupted.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void shouldTellOfATryThatDoesNotEndWhenItIsInterrupted() {
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Boolean> lost = new CompletableFuture<>();
        AtomicBoolean interrupted = new AtomicBoolean();

        new EffectExecutor.VirtualThreads(Duration.ofMillis(20))
                .execute(
                        () -> waitThroughInterrupts(over, interrupted),
                        Duration.ofMillis(20),
                        () -> lost.complete(interrupted.get()));

        assertThat(lost.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
        over.countDown();
    }

    @Test
    void shouldNotGiveUpATryThatEndsWhenItIsInterrupted() throws InterruptedException {
        CountDownLatch obedientEnds = new CountDownLatch(1);
        CountDownLatch stubbornIsLost = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean obedientIsLost = new AtomicBoolean();
        EffectExecutor executor = new EffectExecutor.VirtualThreads(Duration.ofMillis(20));

        executor.execute(
                () -> {
                    try {
                        over.await();
                    } catch (InterruptedException expected) {
                        obedientEnds.countDown();
                    }
                },
                Duration.ofMillis(20),
                () -> obedientIsLost.set(true));
        assertThat(obedientEnds.await(10, TimeUnit.SECONDS)).isTrue();
        // Its alarms ring after those of the first: when it is lost, the first would have been.
        executor.execute(
                () -> waitThroughInterrupts(over, new AtomicBoolean()),
                Duration.ofMillis(20),
                stubbornIsLost::countDown);

        assertThat(stubbornIsLost.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(obedientIsLost).isFalse();
        over.countDown();
    }

    private static void waitThroughInterrupts(CountDownLatch over, AtomicBoolean interrupted) {
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException passedOver) {
                // As code does that does not know what an interrupt is for.
                interrupted.set(true);
            }
        }
    }

    @Test
    void shouldRunTriesBesideOneAnother() {
        CountDownLatch together = new CountDownLatch(2);
        CompletableFuture<Boolean> met = new CompletableFuture<>();
        Runnable attempt = () -> {
            together.countDown();
            try {
                met.complete(together.await(10, TimeUnit.SECONDS));
            } catch (InterruptedException early) {
                met.completeExceptionally(early);
            }
        };

        EffectExecutor.virtualThreads().execute(attempt, Duration.ofSeconds(20), () -> {});
        EffectExecutor.virtualThreads().execute(attempt, Duration.ofSeconds(20), () -> {});

        assertThat(met.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }
}
