package dev.orderflow.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EngineLibraryTest {

    @TempDir
    Path directory;

    @Test
    void shouldLookInTheCacheOfTheUser() {
        assertThat(EngineLibrary.of(Map.of("HOME", "/home/me")).directory())
                .isEqualTo(Path.of("/home/me/.cache/orderflow/engine-" + EngineLibrary.VERSION));
        assertThat(EngineLibrary.of(Map.of("HOME", "/home/me", "XDG_CACHE_HOME", "/cache"))
                        .directory())
                .isEqualTo(Path.of("/cache/orderflow/engine-" + EngineLibrary.VERSION));
    }

    @Test
    void shouldUseTheLibraryThatIsNamed() throws IOException {
        Path library = Files.createFile(directory.resolve("libchdb.so"));
        EngineLibrary named = EngineLibrary.of(Map.of(EngineLibrary.LIBRARY_VARIABLE, library.toString()));
        assertThat(named.find()).contains(library);
        assertThat(named.obtain((bytes, total) -> {})).isEqualTo(library);
    }

    @Test
    void shouldSayWhenTheNamedLibraryIsMissing() {
        EngineLibrary named = EngineLibrary.of(Map.of(EngineLibrary.LIBRARY_VARIABLE, "/nowhere/libchdb.so"));
        assertThatThrownBy(named::find)
                .isInstanceOf(EngineInstallException.class)
                .hasMessageContaining(EngineLibrary.LIBRARY_VARIABLE)
                .hasMessageContaining("/nowhere/libchdb.so");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldFetchOnceAndKeepIt() throws IOException {
        EngineLibrary library = EngineLibrary.of(environment("""
                test -f package.json && test -f package-lock.json || exit 9
                echo run >> "$0.runs"
                mkdir -p node_modules/@chdb/lib-linux-x64-gnu
                echo engine > node_modules/@chdb/lib-linux-x64-gnu/libchdb.so
                """));
        List<Long> heard = new ArrayList<>();
        assertThat(library.find()).isEmpty();
        Path fetched = library.obtain((bytes, total) -> heard.add(total - bytes));
        assertThat(fetched).hasContent("engine\n").isEqualTo(library.directory().resolve("libchdb.so"));
        assertThat(heard).last().isEqualTo(0L);
        assertThat(library.obtain((bytes, total) -> {})).isEqualTo(fetched);
        assertThat(directory.resolve("npm.runs")).hasContent("run\n");
        assertThat(cached()).containsExactly("engine-" + EngineLibrary.VERSION);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldKeepNothingOfAFetchThatFails() throws IOException {
        EngineLibrary library = EngineLibrary.of(environment("""
                mkdir -p node_modules/@chdb/lib-linux-x64-gnu
                echo half > node_modules/@chdb/lib-linux-x64-gnu/libchdb.so
                echo "npm error code EINTEGRITY"
                exit 1
                """));
        assertThatThrownBy(() -> library.obtain((bytes, total) -> {}))
                .isInstanceOf(EngineInstallException.class)
                .hasMessageContaining("EINTEGRITY")
                .hasMessageContaining("try again");
        assertThat(library.find()).isEmpty();
        assertThat(cached()).isEmpty();
    }

    @Test
    void shouldNamePlatformsAsNpmDoes() {
        assertThat(NpmPackage.platform("Linux", "amd64")).isEqualTo("linux-x64");
        assertThat(NpmPackage.platform("Mac OS X", "aarch64")).isEqualTo("darwin-arm64");
        assertThat(NpmPackage.platform("Windows 11", "amd64")).isEqualTo("windows-x64");
    }

    @Test
    void shouldSayWhatToInstallWhereNpmIsMissing() {
        NpmPackage npm = new NpmPackage("linux-x64", "npm-that-is-not-there");
        assertThatThrownBy(() -> npm.fetch(directory, (bytes, total) -> {}))
                .isInstanceOf(EngineInstallException.class)
                .hasMessageContaining("Install Node.js");
    }

    @Test
    void shouldSayWhichPlatformHasNoPackage() {
        NpmPackage npm = new NpmPackage("darwin-arm64", "npm");
        assertThatThrownBy(() -> npm.fetch(directory, (bytes, total) -> {}))
                .isInstanceOf(EngineInstallException.class)
                .hasMessageContaining("darwin-arm64")
                .hasMessageContaining(EngineLibrary.LIBRARY_VARIABLE);
    }

    /** An environment whose npm is this script, and whose cache is empty. */
    private Map<String, String> environment(String script) throws IOException {
        Path npm = directory.resolve("npm");
        Files.writeString(npm, "#!/bin/sh\n" + script, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwx------"));
        return Map.of(
                "XDG_CACHE_HOME", directory.resolve("cache").toString(),
                "HOME", directory.toString(),
                "ORDERFLOW_NPM", npm.toString());
    }

    private List<String> cached() throws IOException {
        try (Stream<Path> entries = Files.list(directory.resolve("cache/orderflow"))) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
