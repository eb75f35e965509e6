package dev.orderflow.analytics.pipes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a pipe from its file: comment lines that describe it, one that names the topics behind its tables, one for each
 * parameter, then the statement.
 *
 * <pre>{@code
 * -- What it answers.
 * -- reads order.completed, order.refunded
 * -- param hours UInt16 1..8784 = 24: what it means
 * SELECT ... {hours:UInt16} ...
 * }</pre>
 */
final class PipeFile {

    private static final Pattern PARAMETER = Pattern.compile(
            "-- param (?<name>[a-z_]+) (?<type>\\S+)( (?<min>\\d+)\\.\\.(?<max>\\d+))? =(?<otherwise>[^:]*): (?<text>.+)");
    private static final Pattern USE = Pattern.compile("\\{(\\w+):([^}]+)}");

    private static final String READS = "-- reads ";

    private PipeFile() {}

    /** Reads the pipe whose file is beside this class. */
    static Pipe load(String name) {
        String file = name + ".sql";
        try (InputStream in = PipeFile.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("No file " + file + " beside " + PipeFile.class.getName());
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Pipe parse(String name, String text) {
        List<String> description = new ArrayList<>();
        List<Parameter> parameters = new ArrayList<>();
        Set<String> topics = new TreeSet<>();
        List<String> lines = text.lines().toList();
        int line = 0;
        while (line < lines.size() && lines.get(line).startsWith("--")) {
            String comment = lines.get(line++);
            if (comment.startsWith("-- param ")) {
                parameters.add(parameter(name, comment));
            } else if (comment.startsWith(READS)) {
                topics.addAll(List.of(comment.substring(READS.length()).split(",\\s*")));
            } else {
                description.add(comment.substring(2).strip());
            }
        }
        String sql = String.join("\n", lines.subList(line, lines.size()));
        Pipe pipe = new Pipe(name, String.join(" ", description), topics, parameters, sql);
        check(pipe);
        return pipe;
    }

    private static Parameter parameter(String pipe, String comment) {
        Matcher matcher = PARAMETER.matcher(comment);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Pipe " + pipe + ": not understood: " + comment);
        }
        String min = matcher.group("min");
        String max = matcher.group("max");
        return new Parameter(
                matcher.group("name"),
                ParameterType.of(matcher.group("type")),
                min == null ? 0 : Long.parseLong(min),
                max == null ? Long.MAX_VALUE : Long.parseLong(max),
                matcher.group("otherwise").strip(),
                matcher.group("text"));
    }

    /** What the statement uses is what the comments declare, and a default is a value of its type. */
    private static void check(Pipe pipe) {
        if (pipe.topics().isEmpty()) {
            throw new IllegalArgumentException("Pipe " + pipe.name() + " does not say which topics it reads");
        }
        Set<String> used = new TreeSet<>();
        Matcher uses = USE.matcher(pipe.sql());
        while (uses.find()) {
            used.add(uses.group(1) + " " + uses.group(2));
        }
        Set<String> declared = pipe.parameters().stream()
                .map(parameter -> parameter.name() + " " + parameter.type().sql())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!used.equals(declared)) {
            throw new IllegalArgumentException(
                    "Pipe " + pipe.name() + " declares the parameters " + declared + " and uses " + used);
        }
        pipe.parameters().forEach(parameter -> parameter.convert(parameter.otherwise()));
    }
}
