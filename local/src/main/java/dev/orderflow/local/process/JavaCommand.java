package dev.orderflow.local.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command that starts a Java program on the Java that runs this process.
 *
 * @param options options of the virtual machine, such as {@code -Xmx96m}
 * @param classpath jars and directories, in the order in which they are searched
 * @param mainClass the class whose main method is called
 * @param arguments what the main method gets
 */
public record JavaCommand(List<String> options, List<Path> classpath, String mainClass, List<String> arguments) {

    /** Copies the lists. */
    public JavaCommand {
        options = List.copyOf(options);
        classpath = List.copyOf(classpath);
        arguments = List.copyOf(arguments);
    }

    /** A program from the class path of this process, with its {@link StartArchive} where there is one. */
    public static JavaCommand ofThisProgram(Class<?> mainClass, List<String> options, List<String> arguments) {
        List<String> all = new ArrayList<>(StartArchive.use());
        all.addAll(options);
        return unarchived(mainClass, all, arguments);
    }

    /** A program from the class path of this process. */
    public static JavaCommand unarchived(Class<?> mainClass, List<String> options, List<String> arguments) {
        List<Path> classpath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                classpath.add(Path.of(entry).toAbsolutePath());
            }
        }
        return new JavaCommand(options, classpath, mainClass.getName(), arguments);
    }

    /** The program and its arguments, as the operating system takes them. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.add("-cp");
        words.add(classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }
}
