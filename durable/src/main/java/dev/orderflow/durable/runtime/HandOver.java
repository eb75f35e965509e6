package dev.orderflow.durable.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What the services of one task write. A record that another of them reads is handed to it at once, within the transaction that
 * writes it, and says so in a header, by which its reader knows it again. Confined to the stream thread.
 */
final class HandOver {

    private final ProcessorContext<byte[], byte[]> context;
    private final List<TaskPart<?>> parts;
    private final int partitions;
    private final @Nullable ThreadPulse pulse;
    private final Queue<Written> written = new ArrayDeque<>();

    /** Topics of which what was there at the start is to be read first. */
    private final Set<String> behind = new HashSet<>();

    /** By topic, whom an event is about that was not handed over and has not been read yet, with the id of the last such event. */
    private final Map<String, Map<String, String>> onTheirWay = new HashMap<>();

    private record Written(String topic, SpecificRecord value, Record<byte[], byte[]> raw) {}

    /**
     * @param parts the services of the task, which are added to it later
     * @param partitions of every topic
     * @param pulse of the stream thread; null under a test driver
     */
    HandOver(
            ProcessorContext<byte[], byte[]> context,
            List<TaskPart<?>> parts,
            int partitions,
            @Nullable ThreadPulse pulse) {
        this.context = context;
        this.parts = parts;
        this.partitions = partitions;
        this.pulse = pulse;
    }

    /** What the services have not read yet of these topics comes first: until then nothing of them is handed over. */
    void catchUpWith(Set<String> topics) {
        if (pulse != null) {
            behind.addAll(topics);
        }
    }

    /** A record has been read. */
    void received(String topic, Headers headers) {
        Map<String, String> events = onTheirWay.get(topic);
        if (events != null && !events.isEmpty()) {
            String id = idOf(headers);
            events.remove(subjectOf(id), id);
        }
    }

    /** All records that were fetched for the task have been handled. */
    void fetchedIsHandled() {
        if (!behind.isEmpty()) {
            behind.removeIf(this::isFetchedWhole);
        }
    }

    private boolean isFetchedWhole(String topic) {
        return pulse == null || pulse.isFetchedWhole(new TopicPartition(topic, partition()));
    }

    /** Whether there is anybody to hand over to. */
    boolean isShared() {
        return parts.size() > 1;
    }

    /** Writes a record, after it was handed over if it is. */
    void write(String topic, String key, SpecificRecord value, Record<byte[], byte[]> raw) {
        if (isForOneOfThem(topic) && Routing.partitionOf(key, partitions) == partition()) {
            written.add(new Written(topic, value, raw));
        } else {
            context.forward(raw, TaskTopology.sinkOf(topic));
        }
    }

    /**
     * Hands over what was written, and what that leads to. Each service has ended what it was doing before. One that has to be
     * read from its topic is not overtaken by another about the same.
     */
    void carryOut() {
        for (Written next = written.poll(); next != null; next = written.poll()) {
            String id = idOf(next.raw().headers());
            Map<String, String> unread = onTheirWay.computeIfAbsent(next.topic(), topic -> new HashMap<>());
            if (behind.contains(next.topic()) || unread.containsKey(subjectOf(id)) || !isTaken(next)) {
                unread.put(subjectOf(id), id);
            }
            context.forward(next.raw(), TaskTopology.sinkOf(next.topic()));
        }
    }

    /** Whether all that read it have handled it. */
    private boolean isTaken(Written record) {
        boolean all = true;
        for (TaskPart<?> part : parts) {
            if (!part.takes(record.topic())) {
                continue;
            }
            if (part.take(record.topic(), record.value(), record.raw())) {
                record.raw()
                        .headers()
                        .add(EventHeaders.HANDED_TO, part.service().getBytes(StandardCharsets.UTF_8));
            } else {
                all = false;
            }
        }
        return all;
    }

    private static String idOf(Headers headers) {
        return String.valueOf(EventHeaders.text(headers, EventHeaders.ID));
    }

    /** What stands in front of the number of an event: the order. */
    private static String subjectOf(String eventId) {
        int slash = eventId.indexOf('/');
        return slash < 0 ? eventId : eventId.substring(0, slash);
    }

    private boolean isForOneOfThem(String topic) {
        return isShared() && parts.stream().anyMatch(part -> part.takes(topic));
    }

    private int partition() {
        return context.taskId().partition();
    }
}
