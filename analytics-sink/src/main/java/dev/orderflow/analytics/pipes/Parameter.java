package dev.orderflow.analytics.pipes;

import org.jspecify.annotations.Nullable;

/**
 * What a pipe can be asked with.
 *
 * @param min smallest number, or shortest text
 * @param max largest number, or longest text
 * @param otherwise what is taken when nothing is given
 * @param description for people
 */
record Parameter(String name, ParameterType type, long min, long max, String otherwise, String description) {

    /**
     * What is sent to the database; null for SQL's NULL.
     *
     * @throws PipeException when it is not of the type
     */
    @Nullable
    String convert(String given) {
        try {
            return type.convert(given, min, max);
        } catch (IllegalArgumentException bad) {
            throw PipeException.badRequest(
                    "parameter '" + name + "' is '" + given + "'; it must be " + bad.getMessage());
        }
    }
}
