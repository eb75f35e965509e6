package dev.orderflow.local.sandbox;

import dev.orderflow.durable.settings.Settings;
import dev.orderflow.local.process.ChildSide;
import dev.orderflow.local.process.LoopbackPort;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The sandbox provider as a process of its own: {@code SandboxMain LEDGER [PORT [HOST]]}, on 127.0.0.1 where no host is
 * given. Notifications are signed with the setting {@code payment.webhook-secret} and go to {@code payment.webhook-url};
 * customers are sent to {@code payment.public-url}, or to the address that the shop uses. All three are from the
 * environment. Says {@code ready HOST:PORT} when it serves; stops on SIGTERM and when its parent is gone.
 */
public final class SandboxMain {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private SandboxMain() {}

    /** Starts the provider; the arguments are as in the description of the class. */
    public static void main(String... args) {
        if (args.length < 1 || args.length > 3) {
            throw new IllegalArgumentException("usage: SandboxMain LEDGER [PORT [HOST]]");
        }
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        String host = args.length > 2 ? args[2] : LoopbackPort.HOST;
        ChildSide.leaveInterruptToParent();
        try {
            Settings settings = Settings.fromEnvironment(System.getenv());
            SandboxProvider provider = SandboxProvider.start(
                    Path.of(args[0]),
                    host,
                    port,
                    settings.text("payment.webhook-secret", SandboxProvider.NO_SECRET),
                    settings.text("payment.webhook-url", ""),
                    settings.text("payment.public-url", ""));
            Runtime.getRuntime().addShutdownHook(new Thread(provider::close, "sandbox-close"));
            ChildSide.endWithParent(GRACE);
            ChildSide.ready(System.out, host + ":" + provider.port());
            provider.awaitEnd();
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().exit(1);
        }
    }
}
