package dev.orderflow.local.loyalty;

import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.service.ServiceContext;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.durable.wire.InMemoryRegistry;
import dev.orderflow.events.LoyaltyChange;
import dev.orderflow.events.LoyaltyEntry;
import dev.orderflow.events.OrderCompleted;
import dev.orderflow.events.OrderPointsRow;
import dev.orderflow.events.OrderRefunded;
import dev.orderflow.events.PointsAccount;
import dev.orderflow.local.process.ChildProcess;
import dev.orderflow.local.process.ChildSide;
import dev.orderflow.local.process.JavaCommand;
import dev.orderflow.loyalty.LoyaltyService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.Schema;

/** Loyalty as a process of its own, which a test can kill. */
final class LoyaltyProcess {

    private LoyaltyProcess() {}

    /** Starts it; what it keeps stays in the directory, as after any restart. */
    static ChildProcess start(Path directory, String bootstrap) {
        return ChildProcess.start(
                "loyalty",
                JavaCommand.ofThisProgram(
                        LoyaltyProcess.class,
                        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        List.of(bootstrap, directory.resolve("state").toString())),
                directory,
                Map.of(),
                directory.resolve("loyalty.log"));
    }

    /** Serdes that agree with those of every other process about the ids of schemas. */
    static AvroSerdes serdes() {
        InMemoryRegistry registry = new InMemoryRegistry();
        for (Schema schema : List.of(
                OrderCompleted.getClassSchema(),
                OrderRefunded.getClassSchema(),
                LoyaltyChange.getClassSchema(),
                LoyaltyEntry.getClassSchema(),
                PointsAccount.getClassSchema(),
                OrderPointsRow.getClassSchema())) {
            registry.register(schema.getName(), schema);
        }
        return AvroSerdes.with(registry);
    }

    /** Runs until its parent ends it. */
    public static void main(String... arguments) throws InterruptedException {
        ChildSide.endWithParent(Duration.ZERO);
        Settings settings = Settings.of(Map.of(
                "kafka.bootstrap",
                arguments[0],
                "data.dir",
                arguments[1],
                "kafka.session-timeout",
                "6s",
                "pseudonym.key",
                "a secret for pseudonyms"));
        try (LoyaltyService service = new LoyaltyService(
                new ServiceContext(settings, KafkaConnection.from(settings), serdes(), new SimpleMeterRegistry()))) {
            service.start();
            ChildSide.ready(System.out, "here");
            new CountDownLatch(1).await();
        }
    }
}
