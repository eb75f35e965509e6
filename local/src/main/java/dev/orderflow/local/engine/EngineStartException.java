package dev.orderflow.local.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The ClickHouse engine could not be started on its data directory. */
public final class EngineStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String data;

    EngineStartException(Path data, String how, String lastMessages, @Nullable Throwable cause) {
        super(
                "The ClickHouse engine on " + data + " " + how + (lastMessages.isBlank() ? "" : ":\n" + lastMessages),
                cause);
        this.data = data.toString();
    }

    /** The data directory. */
    public Path data() {
        return Path.of(data);
    }
}
