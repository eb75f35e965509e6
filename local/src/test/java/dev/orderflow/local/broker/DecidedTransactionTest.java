package dev.orderflow.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.local.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.coordinator.transaction.TransactionLog;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.server.common.TransactionVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that is killed between the decision on a transaction, which its producer was told, and the markers that tell
 * the readers. The moment is too short to hit, so the decision is written into the log of the dead broker.
 */
class DecidedTransactionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void shouldTellReadersAfterTheRestartWhatWasDecidedBeforeTheKill() throws Exception {
        try (ChildProcess server = BrokerServerTest.start(directory)) {
            String bootstrap = server.awaitReadyLine(PATIENCE);
            Clients.createTopic(bootstrap, "facts");
            try (KafkaProducer<String, String> producer = Clients.transactionalProducer(bootstrap, "decided")) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("facts", "decided")).get();
                server.kill();
                server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                producer.close(Duration.ZERO);
            }
        }
        decideToCommitWhatIsOpen(directory.resolve("kafka"));

        try (ChildProcess again = BrokerServerTest.start(directory)) {
            String bootstrap = again.awaitReadyLine(PATIENCE);

            assertThat(Clients.readCommitted(bootstrap, "facts", 1)).containsExactly("decided");
        }
    }

    private static void decideToCommitWhatIsOpen(Path kafka) throws IOException {
        int decided = 0;
        try (Stream<Path> partitions = Files.list(kafka)) {
            List<Path> logs = partitions
                    .filter(partition -> partition.getFileName().toString().startsWith("__transaction_state-"))
                    .map(partition -> partition.resolve("00000000000000000000.log"))
                    .toList();
            for (Path log : logs) {
                decided += decide(log);
            }
        }
        assertThat(decided).as("transactions that the kill has left open").isEqualTo(1);
    }

    /** Appends to the log what the coordinator appends when it is asked to commit. */
    private static int decide(Path log) throws IOException {
        try (FileRecords records = FileRecords.open(log.toFile())) {
            RecordBatch last = null;
            TransactionMetadata open = null;
            for (RecordBatch batch : records.batches()) {
                for (Record record : batch) {
                    if (TransactionLog.read(record.key(), record.value()) instanceof TransactionLog.TxnRecord newest) {
                        open = newest.metadata();
                        last = batch;
                    }
                }
            }
            if (last == null || open == null || open.state() != TransactionState.ONGOING) {
                return 0;
            }
            long now = System.currentTimeMillis();
            byte[] decision = TransactionLog.valueToBytes(
                    open.prepareAbortOrCommit(
                            TransactionState.PREPARE_COMMIT,
                            TransactionVersion.TV_2,
                            RecordBatch.NO_PRODUCER_ID,
                            now,
                            false),
                    TransactionVersion.TV_2);
            records.append(MemoryRecords.withRecords(
                    last.lastOffset() + 1,
                    Compression.NONE,
                    last.partitionLeaderEpoch(),
                    new SimpleRecord(now, TransactionLog.keyToBytes(open.transactionalId()), decision)));
            return 1;
        }
    }
}
