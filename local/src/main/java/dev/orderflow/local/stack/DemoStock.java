package dev.orderflow.local.stack;

import dev.orderflow.durable.settings.Settings;
import dev.orderflow.local.client.Api;
import dev.orderflow.local.client.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Puts the stock of {@code examples/stock.json} on the shelves of a new installation, so that the examples can be ordered
 * at once. Each adjustment has an id, so that a start that was killed in between does no harm. {@code demo.stock=false}
 * leaves the shelves empty.
 */
final class DemoStock {

    private static final String HOME = "orderflow.home";

    private DemoStock() {}

    /** Whether it is wanted; to be asked before settings that nobody has read are refused. */
    static boolean isWanted(Settings settings) {
        return settings.flag("demo.stock", true);
    }

    static void load(Path data, String address) {
        Path done = data.resolve("demo-stock-loaded");
        String home = System.getProperty(HOME);
        if (home == null || Files.exists(done)) {
            return;
        }
        try {
            String stock = Files.readString(Path.of(home, "examples", "stock.json"));
            Api.Answer answer = new Api(URI.create(address)).post("/stock/adjustments", stock);
            if (answer.status() != 202) {
                throw new CommandException("The demo stock was refused: " + answer.problem());
            }
            Files.writeString(done, "");
        } catch (IOException unreadable) {
            throw new CommandException(
                    "The demo stock cannot be loaded: " + unreadable + ". Go on without it: --set demo.stock=false");
        }
    }
}
