package dev.orderflow.local.broker;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.image.MetadataImage;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Kafka's controller and broker in one process, put together as {@link KafkaRaftServer} does it, but for one step between
 * the two: the registration that a dead broker has left is removed before the broker starts.
 *
 * <p>Left alone, the new broker first takes the partitions for its own, as the dead one had them, then sees them without a
 * leader until the controller lets it in. A transaction whose end is due in that gap is held to be ended although its
 * markers have been written nowhere (KAFKA-20734), and its consumers wait for ever. See decision 0020.
 */
final class KafkaNode {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    private static final Duration CONTROLLER_LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 1_000_000L;

    private final ControllerServer controller;
    private final BrokerServer broker;

    /** Makes it; nothing is started. */
    KafkaNode(KafkaConfig config, Time time) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> identity = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        SharedServer shared = new SharedServer(
                config,
                identity._1(),
                time,
                Server.initializeMetrics(config, time, identity._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), identity._2());
        broker = new BrokerServer(shared);
    }

    /** Returns when it accepts requests. */
    void startup() {
        controller.startup();
        removeDeadBroker();
        broker.startup();
    }

    /** Stops what has been started. */
    void shutdown() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }

    private void removeDeadBroker() {
        // From then on the controller knows all that the log holds; what it publishes comes later.
        await("the controller to take office", controller.controller()::isActive);
        if (unregistered()) {
            // The broker begins with what is published when it starts.
            await("the dead broker to be gone", this::noBrokerIsPublished);
        }
    }

    /** Whether there was a broker, which is no more. */
    private boolean unregistered() {
        ControllerRequestContext context =
                new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
        try {
            controller
                    .controller()
                    .unregisterBroker(context, BrokerSettings.NODE_ID)
                    .join();
            return true;
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof BrokerIdNotRegisteredException) {
                return false;
            }
            throw failure;
        }
    }

    private boolean noBrokerIsPublished() {
        MetadataImage published = controller.metadataCache().currentImage();
        return !published.isEmpty() && published.cluster().broker(BrokerSettings.NODE_ID) == null;
    }

    private static void await(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + CONTROLLER_LIMIT.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("Waited " + CONTROLLER_LIMIT.toSeconds() + " s for " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
