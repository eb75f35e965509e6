package dev.orderflow.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessorAffinityTest {

    @Test
    void shouldBindTheActionAndWhatItStartsAndNobodyElse() {
        ProcessorList all = ProcessorAffinity.allowed().orElseThrow();
        AtomicReference<Optional<ProcessorList>> own = new AtomicReference<>(Optional.empty());
        CompletableFuture<Optional<ProcessorList>> started = new CompletableFuture<>();

        ProcessorAffinity.run(all.first(), "bound", () -> {
            own.set(ProcessorAffinity.allowed());
            Thread.ofPlatform().start(() -> started.complete(ProcessorAffinity.allowed()));
        });

        assertThat(own.get()).contains(all.first());
        assertThat(started.join()).contains(all.first());
        assertThat(ProcessorAffinity.allowed()).contains(all);
    }

    @Test
    void shouldThrowWhatTheActionThrows() {
        ProcessorList all = ProcessorAffinity.allowed().orElseThrow();
        IllegalStateException failure = new IllegalStateException("no");

        assertThatThrownBy(() -> ProcessorAffinity.run(all, "failing", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void shouldRunAnywhereWhereTheSystemRefuses() {
        ProcessorList all = ProcessorAffinity.allowed().orElseThrow();
        AtomicReference<Optional<ProcessorList>> seen = new AtomicReference<>(Optional.empty());

        ProcessorAffinity.run(ProcessorList.parse("1023"), "refused", () -> seen.set(ProcessorAffinity.allowed()));

        assertThat(seen.get()).contains(all);
    }
}
