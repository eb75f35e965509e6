package dev.orderflow.local.process;

import java.util.Collections;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Processors of a machine by their numbers, from 0 on, written as Linux and {@code taskset} write them: {@code 0-2,5}.
 *
 * @param numbers in order; never empty
 */
public record ProcessorList(SortedSet<Integer> numbers) {

    /** As many as a mask of the C library has room for. */
    static final int MOST = 1024;

    public ProcessorList {
        if (numbers.isEmpty() || numbers.first() < 0 || numbers.last() >= MOST) {
            throw new IllegalArgumentException("processors " + numbers + ": give some, each from 0 to " + (MOST - 1));
        }
        numbers = Collections.unmodifiableSortedSet(new TreeSet<>(numbers));
    }

    /**
     * Reads a list such as {@code 0-2,5}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static ProcessorList parse(String text) {
        SortedSet<Integer> numbers = new TreeSet<>();
        try {
            for (String range : text.strip().split(",", -1)) {
                int dash = range.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
                if (last < first || last >= MOST) {
                    throw new IllegalArgumentException(none(text));
                }
                for (int number = first; number <= last; number++) {
                    numbers.add(number);
                }
            }
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(none(text), noNumber);
        }
        return new ProcessorList(numbers);
    }

    /** How many they are; at least 1. */
    public int size() {
        return numbers.size();
    }

    /** The one with the smallest number, by itself. */
    public ProcessorList first() {
        return new ProcessorList(numbers.headSet(numbers.first() + 1));
    }

    /** As {@link #parse} reads it, each number by itself. */
    @Override
    public String toString() {
        StringJoiner joined = new StringJoiner(",");
        numbers.forEach(number -> joined.add(number.toString()));
        return joined.toString();
    }

    private static String none(String text) {
        return "\"" + text + "\" is no list of processors: give numbers from 0 to " + (MOST - 1) + ", such as 0-2,5";
    }
}
