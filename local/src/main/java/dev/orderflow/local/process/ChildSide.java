package dev.orderflow.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * What a process that another one started owes its parent: one line on standard output when it is ready, and its end
 * when the parent is gone. The parent holds the other end of standard input and never writes to it, so the end of that
 * stream is the end of the parent, kill -9 included, on every operating system.
 */
public final class ChildSide {

    /** How the ready line starts; what follows is for people and for the parent's {@link ChildProcess}. */
    public static final String READY = "ready ";

    private ChildSide() {}

    /** Tells the parent that this process can be used, and where. */
    public static void ready(PrintStream out, String address) {
        out.println(READY + address);
        out.flush();
    }

    /** Exits this process (shutdown hooks run) as soon as its parent is gone. Returns at once. */
    public static void exitWithParent() {
        InputStream in = System.in;
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            awaitEnd(in);
            Runtime.getRuntime().exit(0);
        });
    }

    private static void awaitEnd(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A pipe that breaks has ended, too: the caller exits either way.
        }
    }
}
