package dev.orderflow.bench.command;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this Orderflow is. */
final class Home {

    private Home() {}

    /** The directory of {@code orderflow}: the launcher says it, and otherwise it is above here. */
    static Path directory() {
        String told = System.getProperty("orderflow.home");
        Path here = Path.of(told == null ? "" : told).toAbsolutePath();
        while (!Files.isExecutable(here.resolve("orderflow"))) {
            here = here.getParent();
            if (here == null) {
                throw new IllegalStateException(
                        "There is no orderflow at or above " + Path.of("").toAbsolutePath());
            }
        }
        return here;
    }
}
