package dev.orderflow.local.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the engine, or the HTTP interface in front of it, refused, with ClickHouse's number for it. */
final class EngineException extends RuntimeException {

    static final int BAD_ARGUMENTS = 36;
    static final int NOT_IMPLEMENTED = 48;
    static final int SYNTAX_ERROR = 62;
    static final int UNKNOWN_SETTING = 115;
    static final int TOO_MANY_SIMULTANEOUS_QUERIES = 202;
    static final int ACCESS_DENIED = 497;
    static final int UNKNOWN_EXCEPTION = 1002;

    private static final long serialVersionUID = 1L;
    private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");

    private final int code;

    private EngineException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** An error of the HTTP interface, worded as the engine words its own. */
    static EngineException of(int code, String what) {
        return new EngineException(code, "Code: " + code + ". DB::Exception: " + what);
    }

    /** An error as the engine reported it; its code is the first one in the text. */
    static EngineException reported(String message) {
        Matcher matcher = CODE.matcher(message);
        return new EngineException(
                matcher.find() ? Integer.parseInt(matcher.group(1)) : UNKNOWN_EXCEPTION, message.strip());
    }

    /** ClickHouse's number of the error, 60 for an unknown table for example. */
    int code() {
        return code;
    }
}
