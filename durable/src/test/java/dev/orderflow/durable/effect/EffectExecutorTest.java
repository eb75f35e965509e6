package dev.orderflow.durable.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
                        Duration.ofMillis(20));

        assertThat(interrupted.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
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

        EffectExecutor.virtualThreads().execute(attempt, Duration.ofSeconds(20));
        EffectExecutor.virtualThreads().execute(attempt, Duration.ofSeconds(20));

        assertThat(met.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }
}
