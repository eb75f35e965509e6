package dev.orderflow.local.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The schema registry's program as the build has unpacked it into the user's cache
 * ({@code $XDG_CACHE_HOME/orderflow/registry-VERSION}, {@code ~/.cache} where that is not set).
 *
 * @param directory the unpacked program
 */
public record RegistryInstallation(Path directory) {

    private static final String MARKER = "unpacked";

    /**
     * The installation of the version that this build is for.
     *
     * @throws IllegalStateException when the build has not unpacked it
     */
    public static RegistryInstallation locate() {
        Path directory = cache().resolve("orderflow").resolve("registry-" + version());
        if (!Files.isDirectory(directory.resolve(MARKER))) {
            throw new IllegalStateException(
                    "The schema registry is not in " + directory + ": './orderflow build' downloads and unpacks it");
        }
        return new RegistryInstallation(directory);
    }

    /** The registry's jars in the order its own launcher searches them. */
    List<Path> classpath() {
        List<Path> classpath = new ArrayList<>();
        // Classes that the registry's build has rewritten come before the originals.
        classpath.add(directory.resolve("quarkus/transformed-bytecode.jar"));
        classpath.add(directory.resolve("quarkus/generated-bytecode.jar"));
        for (String folder : List.of("app", "lib/boot", "lib/main")) {
            classpath.addAll(jars(directory.resolve(folder)));
        }
        return classpath;
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The schema registry in " + folder + " is damaged: delete it and build", e);
        }
    }

    private static Path cache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        return configured == null || configured.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = RegistryInstallation.class.getResourceAsStream("registry.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The version of the schema registry is not in this build", e);
        }
        return properties.getProperty("version");
    }
}
