package dev.orderflow.local.chaos;

import java.util.Optional;

/** A stack as faults see it. */
interface FaultTarget {

    /** Kills a part as kill -9 does; false when it is just not running. */
    boolean kill(String part);

    /** Kills everything at once, and returns when all of it has been started again. */
    void killAllAndStart();

    /** Stops a part without its knowing, as a long pause of its machine does; running what it returns lets it go on. */
    Optional<Runnable> stop(String part);

    /** Tells the sandbox provider how to behave; tried until it has heard it. */
    void configureProvider(String json);

    /** Has ops pause the payment provider, or go on. */
    void pauseProvider(boolean pause);
}
