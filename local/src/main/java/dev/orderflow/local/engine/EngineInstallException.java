package dev.orderflow.local.engine;

import org.jspecify.annotations.Nullable;

/** The engine's library is not on this machine and could not be fetched. The message says what to do. */
public final class EngineInstallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EngineInstallException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
