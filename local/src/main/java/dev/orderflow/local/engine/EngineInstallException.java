package dev.orderflow.local.engine;

import dev.orderflow.durable.TerminalException;
import org.jspecify.annotations.Nullable;

/** The engine's library is not on this machine and could not be fetched. The message says what to do. */
public final class EngineInstallException extends TerminalException {

    private static final long serialVersionUID = 1L;

    EngineInstallException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
