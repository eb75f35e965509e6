package dev.orderflow.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelProcessorsTest {

    private static final ProcessorList BOTH = ProcessorList.parse("0-1");

    @TempDir
    private Path directory;

    private KernelProcessors kernel;

    @BeforeEach
    void set() {
        kernel = new KernelProcessors(directory.resolve("status"), directory);
    }

    @Test
    void shouldReadWhereTheThreadMayRun() throws IOException {
        Files.writeString(directory.resolve("status"), "Name:\tmain\nCpus_allowed:\td\nCpus_allowed_list:\t0,2-3\n");

        assertThat(kernel.allowed()).contains(ProcessorList.parse("0,2,3"));
    }

    @Test
    void shouldNotKnowWhereTheThreadMayRunWithoutAnyWord() throws IOException {
        assertThat(kernel.allowed()).isEmpty();

        Files.writeString(directory.resolve("status"), "Name:\tmain\n");

        assertThat(kernel.allowed()).isEmpty();
    }

    @Test
    void shouldHoldThoseApartThatAreListedWithNothingInCommon() throws IOException {
        write("cpu0/topology/thread_siblings_list", "0\n");
        assertThat(kernel.areApart(BOTH)).as("without caches").isTrue();

        write("cpu0/cache/index0/shared_cpu_list", "0\n");
        write("cpu0/cache/index3/shared_cpu_list", "0,4\n");
        assertThat(kernel.areApart(BOTH)).as("with caches of their own").isTrue();
    }

    @Test
    void shouldSeeACacheInCommon() throws IOException {
        write("cpu0/topology/thread_siblings_list", "0\n");
        write("cpu0/cache/index0/shared_cpu_list", "0\n");
        write("cpu0/cache/index3/shared_cpu_list", "0-3\n");

        assertThat(kernel.areApart(BOTH)).isFalse();
    }

    @Test
    void shouldSeeACoreInCommon() throws IOException {
        write("cpu0/topology/thread_siblings_list", "0-1\n");

        assertThat(kernel.areApart(BOTH)).isFalse();
    }

    @Test
    void shouldHoldNoneApartOfWhichNothingIsKnown() throws IOException {
        assertThat(kernel.areApart(BOTH)).as("nothing is there").isFalse();

        write("cpu0/topology/thread_siblings_list", "0\n");
        write("cpu0/cache/index0/shared_cpu_list", "\n");
        assertThat(kernel.areApart(BOTH)).as("no list").isFalse();
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
