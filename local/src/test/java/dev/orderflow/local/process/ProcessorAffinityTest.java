package dev.orderflow.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ProcessorAffinityTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProcessorList all = allowed().orElseThrow();

    @Test
    void shouldBindTheActionAndWhatItStartsAndNobodyElse() throws Exception {
        assumeThat(all.size()).as("processors").isGreaterThan(1);
        AtomicReference<Optional<ProcessorList>> own = new AtomicReference<>(Optional.empty());
        CompletableFuture<Optional<ProcessorList>> started = new CompletableFuture<>();

        boolean bound = ProcessorAffinity.run(all.first(), "bound", () -> {
            own.set(allowed());
            Thread.ofPlatform().start(() -> started.complete(allowed()));
        });

        assertThat(bound).isTrue();
        assertThat(own.get()).contains(all.first());
        assertThat(started).succeedsWithin(PATIENCE).isEqualTo(Optional.of(all.first()));
        assertThat(allowed()).contains(all);
    }

    @Test
    void shouldThrowWhatTheActionThrows() {
        IllegalStateException failure = new IllegalStateException("no");
        AssertionError error = new AssertionError("never");

        assertThatThrownBy(() -> ProcessorAffinity.run(all, "failing", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> ProcessorAffinity.run(all, "failing", () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void shouldThrowWhatTheActionHasNotDeclared() {
        IOException undeclared = new IOException("as Scala throws it");

        assertThatThrownBy(() -> ProcessorAffinity.run(all, "failing", () -> throwUndeclared(undeclared)))
                .isSameAs(undeclared);
    }

    @Test
    void shouldPassAnInterruptOnAndKeepIt() throws Exception {
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
        Thread.currentThread().interrupt();

        ProcessorAffinity.run(all, "waiting", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.set(true);
            }
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void shouldRunAnywhereWhereTheSystemRefuses() throws Exception {
        AtomicReference<Optional<ProcessorList>> seen = new AtomicReference<>(Optional.empty());

        boolean bound = ProcessorAffinity.run(ProcessorList.parse("1023"), "refused", () -> seen.set(allowed()));

        assertThat(bound).isFalse();
        assertThat(seen.get()).contains(all);
    }

    private static Optional<ProcessorList> allowed() {
        return KernelProcessors.here().allowed();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Exception> void throwUndeclared(Exception exception) throws T {
        throw (T) exception;
    }
}
