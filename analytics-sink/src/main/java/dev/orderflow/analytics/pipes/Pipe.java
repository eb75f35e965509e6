package dev.orderflow.analytics.pipes;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query with a name and typed parameters. What callers give never becomes part of the statement: the server puts it in
 * the place of {@code {name:Type}} as a value of that type.
 *
 * @param description for people
 * @param topics whose records it is made from
 * @param parameters in the order of the documentation
 * @param sql the statement, without FORMAT
 */
record Pipe(String name, String description, Set<String> topics, List<Parameter> parameters, String sql) {

    /** Sent by clients of Tinybird with every request, and of no use here. */
    private static final Set<String> IGNORED = Set.of("token", "q", "format_version", "__tb__semver");

    Pipe {
        topics = Set.copyOf(topics);
        parameters = List.copyOf(parameters);
    }

    /**
     * The value of every parameter, as the database takes it; null for SQL's NULL.
     *
     * @param given what the caller wrote, by name
     * @throws PipeException for a parameter that is unknown or not of its type
     */
    Map<String, @Nullable String> values(Map<String, String> given) {
        Set<String> unknown = new HashSet<>(given.keySet());
        unknown.removeAll(IGNORED);
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            unknown.remove(parameter.name());
            values.put(
                    parameter.name(), parameter.convert(given.getOrDefault(parameter.name(), parameter.otherwise())));
        }
        if (!unknown.isEmpty()) {
            throw PipeException.badRequest("pipe '" + name + "' has no parameter "
                    + unknown.stream().sorted().map(Pipe::quoted).collect(Collectors.joining(", ")) + "; it has "
                    + names(parameters, Parameter::name));
        }
        return values;
    }

    static <T> String names(List<T> named, Function<T, String> name) {
        return named.isEmpty()
                ? "none"
                : named.stream().map(name).map(Pipe::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String name) {
        return "'" + name + "'";
    }
}
