package dev.orderflow.local.process;

import java.util.concurrent.CompletableFuture;

/** A server in a child process. Thread-safe. */
public abstract class ServerProcess implements Child {

    private final ChildProcess child;

    protected ServerProcess(ChildProcess child) {
        this.child = child;
    }

    @Override
    public final long pid() {
        return child.pid();
    }

    @Override
    public final boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public final CompletableFuture<Integer> onExit() {
        return child.onExit();
    }

    @Override
    public final void requestStop() {
        child.requestStop();
    }

    @Override
    public final void kill() {
        child.kill();
    }

    @Override
    public final void close() {
        child.close();
    }
}
