package dev.orderflow.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/**
 * What a process that another one started owes its parent: one line on standard output when it is ready, its end when
 * the parent is gone, and no reaction of its own to Ctrl-C. The parent holds the other end of standard input and never
 * writes to it, so the end of that stream is the end of the parent, kill -9 included, on every operating system.
 *
 * <p>Needs nothing but the JDK, so that it can be put beside foreign programs.
 */
public final class ChildSide {

    /** How the ready line starts; the address follows. */
    public static final String READY = "ready ";

    private ChildSide() {}

    /** Tells the parent that this process can be used, and where. */
    public static void ready(PrintStream out, String address) {
        out.println(READY + address);
        out.flush();
    }

    /**
     * Ends this process as soon as its parent is gone. Returns at once.
     *
     * @param grace how long shutdown hooks may take; with zero none is run
     */
    public static void endWithParent(Duration grace) {
        InputStream in = System.in;
        daemon("parent-watch", () -> {
            awaitEnd(in);
            if (grace.isPositive()) {
                daemon("parent-watch-halt", () -> haltAfter(grace));
                Runtime.getRuntime().exit(0);
            }
            Runtime.getRuntime().halt(0);
        });
    }

    /**
     * Leaves Ctrl-C to the parent. A terminal sends it to every process in the foreground; the parent stops its
     * children in the right order, and a child that stopped by itself would break off what others still hand it.
     */
    public static void leaveInterruptToParent() {
        try {
            // By reflection: the compiler refuses the name of this class, and the JDK has no other way to it.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            Object ignore = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, ignore);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java cannot ignore Ctrl-C", e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }

    private static void awaitEnd(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A pipe that breaks has ended, too: the caller ends the process either way.
        }
    }

    /** The time is over when it is over: an exit that ends before ends this thread with the process. */
    private static void haltAfter(Duration grace) {
        try {
            Thread.sleep(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
