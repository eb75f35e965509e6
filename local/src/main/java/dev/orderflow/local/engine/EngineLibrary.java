package dev.orderflow.local.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The ClickHouse engine as a library file on this machine: found in a cache directory, or fetched into it once with npm
 * (178 MB to load, 569 MB on disk), by a lock file that pins its SHA-512. Thread-safe; several processes may ask at once.
 */
public final class EngineLibrary {

    /** The version of the engine's package; the ClickHouse inside is 26.7.2.1. */
    public static final String VERSION = "26.7.3-stable.1";

    /** Environment variable with the path of a {@code libchdb.so} to use in place of the cache. */
    public static final String LIBRARY_VARIABLE = "ORDERFLOW_ENGINE_LIBRARY";

    /** Environment variable with the npm to run; the one on the PATH by default. */
    public static final String NPM_VARIABLE = "ORDERFLOW_NPM";

    private static final String FILE = "libchdb.so";

    private final Path directory;
    private final Optional<Path> given;
    private final NpmPackage npm;

    private EngineLibrary(Path directory, Optional<Path> given, NpmPackage npm) {
        this.directory = directory;
        this.given = given;
        this.npm = npm;
    }

    /**
     * The library of this user: in {@code $XDG_CACHE_HOME/orderflow/engine-<version>}, {@code ~/.cache} by default, or
     * where {@value #LIBRARY_VARIABLE} says.
     *
     * @param environment as {@link System#getenv()} gives it
     */
    public static EngineLibrary of(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = cache.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache")
                : Path.of(cache);
        return new EngineLibrary(
                base.resolve("orderflow").resolve("engine-" + VERSION),
                Optional.ofNullable(environment.get(LIBRARY_VARIABLE))
                        .filter(path -> !path.isBlank())
                        .map(Path::of),
                NpmPackage.ofThisPlatform(environment.getOrDefault(NPM_VARIABLE, "npm")));
    }

    /**
     * The library file, where it is on this machine already.
     *
     * @throws EngineInstallException when {@value #LIBRARY_VARIABLE} names no file
     */
    public Optional<Path> find() {
        if (given.isPresent() && !Files.isRegularFile(given.get())) {
            throw new EngineInstallException(
                    LIBRARY_VARIABLE + " names " + given.get() + ", which is no file: correct it, or unset it", null);
        }
        return given.or(() -> Optional.of(directory.resolve(FILE)).filter(Files::isRegularFile));
    }

    /**
     * The library file, fetched where it is missing. Fetching takes seconds to minutes; what was fetched appears in the
     * cache whole or not at all.
     *
     * @throws EngineInstallException when it cannot be fetched: no npm, no network, or a platform without a package
     */
    public Path obtain(InstallListener listener) {
        Optional<Path> found = find();
        return found.isPresent() ? found.get() : install(listener);
    }

    /** Where the library is kept once it is fetched. */
    public Path directory() {
        return directory;
    }

    private Path install(InstallListener listener) {
        Path staging = directory.resolveSibling(
                directory.getFileName() + ".part-" + ProcessHandle.current().pid());
        try {
            StagedFiles.delete(staging);
            Files.createDirectories(staging);
            Path fetched = npm.fetch(staging, listener);
            if (!Files.isRegularFile(fetched.resolve(FILE))) {
                throw new EngineInstallException("The engine's package " + npm.name() + " has no " + FILE, null);
            }
            StagedFiles.move(fetched, directory);
            return directory.resolve(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("The engine cannot be kept in " + directory + ": " + e.getMessage(), e);
        } finally {
            StagedFiles.deleteQuietly(staging);
        }
    }
}
