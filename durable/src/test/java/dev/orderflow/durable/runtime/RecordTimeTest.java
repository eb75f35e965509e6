package dev.orderflow.durable.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordTimeTest {

    @Test
    void shouldTakeTheTimeOfTheRecord() {
        assertThat(new RecordTime().extract(record(1_234), 0)).isEqualTo(1_234);
    }

    @Test
    void shouldNotDieOfARecordWithoutATime() {
        assertThat(new RecordTime().extract(record(-1), -1)).isPositive();
    }

    private static ConsumerRecord<Object, Object> record(long timestamp) {
        return new ConsumerRecord<>(
                "notes",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
    }
}
