package dev.orderflow.order.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** A body is not JSON; the message says at which line and column. */
final class MalformedJsonException extends Exception {

    private static final Pattern NOISE = Pattern.compile("\\s*(\\(start marker|\\(for |at \\[Source:|\\[Source:).*");

    private final String place;

    private MalformedJsonException(String place, String message) {
        super(message);
        this.place = place;
    }

    static MalformedJsonException of(JsonProcessingException cause) {
        JsonLocation at = cause.getLocation();
        String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
        String first = cause.getOriginalMessage().lines().findFirst().orElse("not JSON");
        return new MalformedJsonException(place, NOISE.matcher(first).replaceFirst(""));
    }

    static MalformedJsonException of(String message) {
        return new MalformedJsonException("", message);
    }

    /** Such as {@code line 3, column 14}; empty when there is nothing to point at. */
    String place() {
        return place;
    }
}
