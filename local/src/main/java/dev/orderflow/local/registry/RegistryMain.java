package dev.orderflow.local.registry;

import dev.orderflow.local.process.ChildSide;
import java.time.Duration;

/**
 * Starts the schema registry in a process of its own that ends with its parent. Runs on the registry's class path, where
 * nothing of ours is but this class and {@link ChildSide}.
 */
public final class RegistryMain {

    private static final String REGISTRY = "io.quarkus.runner.GeneratedMain";

    private RegistryMain() {}

    /** Returns when the registry has stopped. */
    public static void main(String... args) throws ReflectiveOperationException {
        ChildSide.leaveInterruptToParent();
        // Every commit is on disk before it is answered, so there is nothing to tidy up.
        ChildSide.endWithParent(Duration.ZERO);
        Class.forName(REGISTRY).getMethod("main", String[].class).invoke(null, (Object) args);
    }
}
