package dev.orderflow.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The loaded and linked classes of this program and what their methods did under load, in a file beside its jars (the JVM's AOT cache), with which each of its
 * processes starts with about half the work. The build makes it; without it, or with one that does not fit, all works.
 */
public final class StartArchive {

    private static final String NAME = "orderflow.aot";

    /** A cache that does not fit is passed over in silence: it is only slower. */
    private static final List<String> SILENT = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    private StartArchive() {}

    /** Where it belongs; nothing where this program runs from class directories, which cannot be archived. */
    public static Optional<Path> place() {
        return place(System.getProperty("java.class.path"));
    }

    static Optional<Path> place(String classpath) {
        String first = classpath.split(File.pathSeparator, -1)[0];
        return first.endsWith(".jar")
                ? Optional.of(Path.of(first).toAbsolutePath().resolveSibling(NAME))
                : Optional.empty();
    }

    /** Options of the virtual machine that use it, where there is one. */
    static List<String> use() {
        return place().filter(Files::isRegularFile)
                .map(file -> silently("-XX:AOTCache=" + file))
                .orElseGet(List::of);
    }

    /** Options of the virtual machine that write it when the process ends. */
    public static List<String> writtenTo(Path file) {
        return silently("-XX:AOTCacheOutput=" + file);
    }

    private static List<String> silently(String option) {
        return List.of(option, SILENT.getFirst(), SILENT.getLast());
    }
}
