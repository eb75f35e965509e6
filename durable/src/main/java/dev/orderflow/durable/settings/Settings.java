package dev.orderflow.durable.settings;

import dev.orderflow.durable.NameGuess;
import dev.orderflow.durable.TerminalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a process: flat names such as {@code payment.url}, each with a text. Immutable and safe for use by
 * several threads. A bad value ends in a {@link TerminalException} that names the setting, the value and the remedy.
 */
public final class Settings {

    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");
    /** So that no sum of a time of this century and a setting overflows. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final String ENVIRONMENT_PREFIX = "ORDERFLOW_";

    private final Map<String, String> values;
    private final Set<String> read = ConcurrentHashMap.newKeySet();

    private Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Settings with exactly these values. */
    public static Settings of(Map<String, String> values) {
        return new Settings(values);
    }

    /**
     * Settings from environment variables: {@code ORDERFLOW_PAYMENT_ATTEMPT__TIMEOUT} is {@code payment.attempt-timeout}
     * (one underscore is a dot, two are a hyphen).
     */
    public static Settings fromEnvironment(Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                String setting = name.substring(ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace("__", "-")
                        .replace('_', '.');
                values.put(setting, value);
            }
        });
        return new Settings(values);
    }

    /**
     * Reads assignments as given on a command line.
     *
     * @param assignments each {@code name=value}
     */
    public static Settings fromAssignments(Collection<String> assignments) {
        Map<String, String> values = new HashMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals <= 0) {
                throw new TerminalException("'" + assignment + "' is not a setting: write --set name=value, such as"
                        + " --set dispatch.duration=0s");
            }
            values.put(
                    assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1).strip());
        }
        return new Settings(values);
    }

    /** These settings, with those of {@code stronger} taking their place where both have one. */
    public Settings overlaidWith(Settings stronger) {
        Map<String, String> merged = new HashMap<>(values);
        merged.putAll(stronger.values);
        return new Settings(merged);
    }

    /** These settings, with a value for {@code name} where there is none yet. */
    public Settings withDefault(String name, String value) {
        if (values.containsKey(name)) {
            return this;
        }
        Map<String, String> merged = new HashMap<>(values);
        merged.put(name, value);
        return new Settings(merged);
    }

    /** All names and values, sorted by name. Values of secrets are among them: not for logs. */
    public Map<String, String> asMap() {
        return new TreeMap<>(values);
    }

    /** All settings as environment variables, for {@link #fromEnvironment} in another process. */
    public Map<String, String> asEnvironment() {
        Map<String, String> environment = new TreeMap<>();
        values.forEach((name, value) -> environment.put(environmentName(name), value));
        return environment;
    }

    /** All settings whose names begin with {@code prefix}, under the rest of their names. */
    public Map<String, String> below(String prefix) {
        Map<String, String> found = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                read.add(name);
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** The text of a setting. */
    public Optional<String> find(String name) {
        read.add(name);
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** The text of a setting, or {@code otherwise}. */
    public String text(String name, String otherwise) {
        return find(name).orElse(otherwise);
    }

    /** The text of a setting that must be there. */
    public String required(String name) {
        return find(name).orElseThrow(missing(name));
    }

    /** One of the given words. */
    public String choice(String name, String otherwise, Set<String> allowed) {
        String value = text(name, otherwise);
        if (!allowed.contains(value)) {
            throw bad(name, value, "use one of " + new TreeSet<>(allowed));
        }
        return value;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean otherwise) {
        return Boolean.parseBoolean(choice(name, Boolean.toString(otherwise), Set.of("true", "false")));
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public long number(String name, long otherwise, long min, long max) {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        String value = text.get().replace("_", "");
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw bad(name, value, "use a whole number from " + min + " to " + max);
        }
        throw bad(name, value, "use a whole number from " + min + " to " + max);
    }

    /** A length of time: a whole number with ms, s, m, h or d behind it, such as {@code 250ms}. */
    public Duration duration(String name, Duration otherwise) {
        return find(name).map(value -> parse(name, value)).orElse(otherwise);
    }

    /** The names that nobody has asked for: most likely misspelt. Call it when everything has been built. */
    public List<String> unread() {
        List<String> unread = new ArrayList<>(new TreeSet<>(values.keySet()));
        unread.removeAll(read);
        return unread;
    }

    /**
     * Refuses what was set by hand and nobody has asked for: a misspelt setting must not be passed over in silence, while the
     * environment may be shared with others. Call it when everything has been built.
     *
     * @throws TerminalException when there is such a setting
     */
    public void refuseUnread(Settings assigned) {
        List<String> unread =
                unread().stream().filter(assigned.asMap()::containsKey).toList();
        if (!unread.isEmpty()) {
            throw unknown(unread, known());
        }
    }

    /**
     * What to say of settings that there are not: which one was most likely meant, or else which ones there are.
     *
     * @param known all that can be set
     */
    public static TerminalException unknown(Collection<String> names, Collection<String> known) {
        List<String> sentences = new ArrayList<>();
        boolean meant = true;
        for (String name : names) {
            Optional<String> nearest = NameGuess.of(name, known);
            meant &= nearest.isPresent();
            sentences.add("There is no setting " + name
                    + nearest.map(each -> ": did you mean " + each + "?").orElse("."));
        }
        if (!meant) {
            sentences.add("There are:\n  " + String.join("\n  ", new TreeSet<>(known)));
        }
        return new TerminalException(String.join("\n", sentences));
    }

    /** The names that have been asked for so far, sorted: what can be set. */
    public List<String> known() {
        return List.copyOf(new TreeSet<>(read));
    }

    private static Duration parse(String name, String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw bad(name, value, "use a whole number and a unit, such as 250ms, 10s, 5m, 24h or 7d");
        }
        long millisOfUnit =
                switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "s" -> Duration.ofSeconds(1).toMillis();
                    case "m" -> Duration.ofMinutes(1).toMillis();
                    case "h" -> Duration.ofHours(1).toMillis();
                    default -> Duration.ofDays(1).toMillis();
                };
        try {
            Duration duration = Duration.ofMillis(Math.multiplyExact(Long.parseLong(matcher.group(1)), millisOfUnit));
            if (duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (NumberFormatException | ArithmeticException tooLong) {
            throw bad(name, value, "use at most " + LONGEST.toDays() + "d");
        }
        throw bad(name, value, "use at most " + LONGEST.toDays() + "d");
    }

    private static TerminalException bad(String name, String value, String remedy) {
        return new TerminalException("Setting " + name + "=" + value + " cannot be used: " + remedy + ".");
    }

    private static Supplier<TerminalException> missing(String name) {
        return () -> new TerminalException("Setting " + name + " is missing: give it with --set " + name
                + "=... or in the environment as " + environmentName(name) + ".");
    }

    private static String environmentName(String name) {
        return ENVIRONMENT_PREFIX + name.replace("-", "__").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
