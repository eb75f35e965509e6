package dev.orderflow.durable.deadletter;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.runtime.DeadLetterHeaders;
import dev.orderflow.durable.runtime.EventHeaders;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.runtime.Origin;
import dev.orderflow.durable.runtime.TaskDefinition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of some services, read from their topics whenever somebody asks: nothing runs, and nothing is kept,
 * meanwhile. Safe for use by several threads. Every call blocks, for some minutes at most.
 */
public final class DeadLetters {

    private static final String COMMITTED = "read_committed";

    /** A transaction that nobody ends would hide what was sent again after it. */
    private static final String ALL = "read_uncommitted";

    /** For reading, and for sending, each. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The clocks of those who write may differ by so much. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    /** So much of a key is shown. */
    private static final int LONGEST_KEY = 200;

    /** So far a search goes back at first; then four times as far, until there are enough. */
    private static final int FIRST_STRETCH = 500;

    private static final String NOT_ALL =
            "Kafka does not answer in time, so nobody knows what was set aside: ask again. The reason: ";

    private final KafkaConnection kafka;
    private final List<String> services;
    private final Set<String> redrivable;
    private final Function<String, Optional<Duration>> retention;
    private final InstantSource clock;
    private final ReentrantLock sending = new ReentrantLock();

    /**
     * The dead letters of these services.
     *
     * @param services with a topic {@code <service>.dead-letters}
     * @param redrivable those of them that read {@code <service>.redrives}
     * @param retention how long a topic keeps its records, and services remember what became of them; empty for ever
     */
    public DeadLetters(
            KafkaConnection kafka,
            Collection<String> services,
            Collection<String> redrivable,
            Function<String, Optional<Duration>> retention,
            InstantSource clock) {
        this.kafka = kafka;
        this.services = List.copyOf(services);
        this.redrivable = Set.copyOf(redrivable);
        this.retention = retention;
        this.clock = clock;
    }

    /** The services whose dead letters they are. */
    public List<String> services() {
        return services;
    }

    /** Whether it can be sent again: a record can, to a service that reads such, while it is not too old. */
    public boolean isRedrivable(DeadLetter letter) {
        return letter.isRecord()
                && redrivable.contains(letter.id().service())
                && until(letter).filter(clock.instant()::isBefore).isPresent();
    }

    /** Services remember what became of a record for as long as its topic could bring it again, and no longer. */
    private Optional<Instant> until(DeadLetter letter) {
        return retention.apply(letter.origin().topic()).map(letter.written()::plus);
    }

    /**
     * Dead letters, the newest first.
     *
     * @param of whose; all where it is empty
     * @param behind where to go on; null for the newest ones
     * @param limit at most so many, 1 or more
     * @throws RetriableException while Kafka cannot be reached
     */
    public DeadLetterPage list(Set<String> of, @Nullable DeadLetterCursor behind, int limit) {
        List<DeadLetter> found = new ArrayList<>();
        reading(COMMITTED, span -> {
            for (String service : services) {
                if (of.isEmpty() || of.contains(service)) {
                    for (TopicPartition partition : span.partitions(topicOf(service))) {
                        found.addAll(newest(span, service, partition, behind, limit + 1));
                    }
                }
            }
        });
        found.sort(DeadLetter.NEWEST_FIRST);
        List<DeadLetter> shown = found.subList(0, Math.min(limit, found.size()));
        return new DeadLetterPage(shown, sentAgain(shown), found.size() > limit);
    }

    /**
     * A whole dead letter; empty where there is none, or none any more.
     *
     * @throws RetriableException while Kafka cannot be reached
     */
    public Optional<DeadLetterContent> find(DeadLetterId id) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        reading(COMMITTED, span -> read(span, List.of(id), (_, record) -> found.add(record)));
        return found.stream().findFirst().map(record -> {
            DeadLetter letter = letter(id.service(), record);
            return new DeadLetterContent(
                    letter,
                    Optional.ofNullable(record.value()).map(ByteBuffer::wrap).map(ByteBuffer::asReadOnlyBuffer),
                    record.headers(),
                    Optional.ofNullable(sentAgain(List.of(letter)).get(id)));
        });
    }

    /**
     * Sends dead letters again, each to its service and to nobody else, as what it was when it was first read. When it returns,
     * what was sent is safe in the log.
     *
     * @param reason why, for whoever reads the record later
     * @param again also those that were sent again before
     * @return what became of each, in the order asked for
     * @throws RetriableException while Kafka cannot be reached; then nothing was sent
     */
    public List<Redrive> redrive(List<DeadLetterId> ids, @Nullable String reason, boolean again) {
        // One at a time, so that two who ask for the same at once do not both get it.
        boolean free;
        try {
            free = sending.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            free = false;
        }
        if (!free) {
            throw new RetriableException("Others are being sent again for somebody else: ask again");
        }
        try {
            return redriveAlone(ids.stream().distinct().toList(), reason, again);
        } finally {
            sending.unlock();
        }
    }

    private List<Redrive> redriveAlone(List<DeadLetterId> wanted, @Nullable String reason, boolean again) {
        Map<DeadLetterId, DeadLetter> found = new HashMap<>();
        reading(COMMITTED, span -> read(span, wanted, (id, record) -> found.put(id, letter(id.service(), record))));
        Map<DeadLetterId, Instant> before = again ? Map.of() : sentAgain(found.values());
        Map<DeadLetterId, Redrive> results = new HashMap<>();
        for (DeadLetterId id : wanted) {
            refusal(id, found.get(id), before.get(id)).ifPresent(why -> results.put(id, new Redrive.Refused(id, why)));
        }
        List<DeadLetterId> sendable =
                wanted.stream().filter(id -> !results.containsKey(id)).toList();
        if (!sendable.isEmpty()) {
            send(sendable, reason, results);
        }
        return wanted.stream().map(results::get).toList();
    }

    /** As they are read again, so that only some of them are in memory at once. */
    private void send(List<DeadLetterId> ids, @Nullable String reason, Map<DeadLetterId, Redrive> results) {
        Instant now = clock.instant();
        try (Redriver redriver = Redriver.connect(kafka, ids, now, PATIENCE)) {
            String stopped = "it is not there any more: list them";
            try {
                reading(
                        COMMITTED,
                        span -> read(
                                span,
                                ids,
                                (id, record) -> redriver.send(id, record, headers(id, record, now, reason))));
            } catch (RetriableException failure) {
                stopped = "it was not sent, others may have been: " + failure.getMessage();
            }
            for (DeadLetterId id : ids) {
                results.put(id, new Redrive.Refused(id, stopped));
            }
            results.putAll(redriver.results());
        }
    }

    private Headers headers(
            DeadLetterId id, ConsumerRecord<byte[], byte[]> record, Instant now, @Nullable String reason) {
        DeadLetter letter = letter(id.service(), record);
        Instant until = until(letter).orElseThrow();
        return DeadLetterHeaders.again(record.headers(), id.toString(), now, letter.written(), until, reason);
    }

    private Optional<String> refusal(DeadLetterId id, @Nullable DeadLetter letter, @Nullable Instant before) {
        if (!services.contains(id.service())) {
            return Optional.of("there is no service " + id.service() + ": name one of " + String.join(", ", services));
        }
        if (letter == null) {
            return Optional.of("there is no such dead letter, or none any more: list them");
        }
        if (!letter.isRecord()) {
            return Optional.of("it was no record but a " + letter.origin().topic()
                    + " that the code cannot handle: mend the code, and ask for it anew by what led to it");
        }
        if (!redrivable.contains(id.service())) {
            return Optional.of(id.service() + " reads no dead letters again: see the operations guide");
        }
        if (!isRedrivable(letter)) {
            return Optional.of(until(letter)
                    .map(until -> "it is of " + letter.written()
                            + ", and what became of it before may be forgotten since " + until
                            + ": put right by hand what it was for")
                    .orElse(id.service() + " does not read " + letter.origin().topic()
                            + ", from which it is said to come"));
        }
        if (before != null) {
            return Optional.of("it was sent again at " + before + " already: ask with again (--again) for once more");
        }
        return Optional.empty();
    }

    private List<DeadLetter> newest(
            TopicSpan span, String service, TopicPartition partition, @Nullable DeadLetterCursor behind, int wanted) {
        long begin = span.begin(partition);
        long end = behind == null
                ? span.end(partition)
                : span.from(List.of(partition), behind.time().plus(CLOCKS_APART))
                        .getOrDefault(partition, span.end(partition));
        List<DeadLetter> found = new ArrayList<>();
        long stretch = Math.max(FIRST_STRETCH, 2L * wanted);
        long to = end;
        while (to > begin && found.size() < wanted) {
            long from = Math.max(begin, to - stretch);
            span.read(partition, from, to, record -> {
                DeadLetter letter = letter(service, record);
                if (behind == null || behind.isBefore(letter)) {
                    found.add(letter);
                }
            });
            to = from;
            stretch *= 4;
        }
        found.sort(DeadLetter.NEWEST_FIRST);
        return found.size() <= wanted ? found : List.copyOf(found.subList(0, wanted));
    }

    /** Hands over those that are there. */
    private void read(
            TopicSpan span, List<DeadLetterId> ids, BiConsumer<DeadLetterId, ConsumerRecord<byte[], byte[]>> sink) {
        Map<String, List<DeadLetterId>> byService = ids.stream()
                .filter(id -> services.contains(id.service()))
                .collect(Collectors.groupingBy(DeadLetterId::service));
        byService.forEach((service, of) -> {
            for (TopicPartition partition : span.partitions(topicOf(service))) {
                SortedSet<Long> offsets = of.stream()
                        .filter(id -> id.partition() == partition.partition())
                        .map(DeadLetterId::offset)
                        .collect(Collectors.toCollection(TreeSet::new));
                span.readEach(partition, offsets, record -> sink.accept(idOf(service, record), record));
            }
        });
    }

    /** When each of these was sent again the last time: never before it was set aside. */
    private Map<DeadLetterId, Instant> sentAgain(Collection<DeadLetter> letters) {
        Map<DeadLetterId, Instant> found = new HashMap<>();
        Map<String, Instant> oldest = new HashMap<>();
        Set<String> wanted =
                letters.stream().map(letter -> letter.id().toString()).collect(Collectors.toSet());
        for (DeadLetter letter : letters) {
            if (redrivable.contains(letter.id().service())) {
                oldest.merge(letter.id().service(), letter.time(), (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        if (!oldest.isEmpty()) {
            reading(ALL, span -> oldest.forEach((service, since) -> sentAgain(span, service, since, wanted, found)));
        }
        return found;
    }

    private static void sentAgain(
            TopicSpan span, String service, Instant since, Set<String> wanted, Map<DeadLetterId, Instant> found) {
        List<TopicPartition> partitions = span.partitions(TaskDefinition.redriveTopicOf(service));
        span.from(partitions, since.minus(CLOCKS_APART))
                .forEach((partition, from) -> span.read(partition, from, span.end(partition), record -> {
                    String of = EventHeaders.text(record.headers(), DeadLetterHeaders.REDRIVE_OF);
                    if (of != null && wanted.contains(of)) {
                        DeadLetterId.parse(of)
                                .ifPresent(id -> found.merge(
                                        id, Instant.ofEpochMilli(record.timestamp()), (a, b) -> a.isAfter(b) ? a : b));
                    }
                }));
    }

    private static DeadLetter letter(String service, ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(
                idOf(service, record),
                Instant.ofEpochMilli(record.timestamp()),
                Instant.ofEpochMilli(DeadLetterHeaders.number(record.headers(), DeadLetterHeaders.TIMESTAMP)
                        .filter(written -> written >= 0)
                        .orElse(record.timestamp())),
                new Origin(
                        text(record, DeadLetterHeaders.TOPIC),
                        (int) number(record, DeadLetterHeaders.PARTITION),
                        number(record, DeadLetterHeaders.OFFSET)),
                record.key() == null ? null : shortened(record.key()),
                text(record, DeadLetterHeaders.REASON));
    }

    private static String shortened(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        return text.length() <= LONGEST_KEY ? text : text.substring(0, LONGEST_KEY) + "...";
    }

    private static DeadLetterId idOf(String service, ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetterId(service, record.partition(), record.offset());
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        String text = EventHeaders.text(record.headers(), header);
        return text == null ? "" : text;
    }

    private static long number(ConsumerRecord<byte[], byte[]> record, String header) {
        return DeadLetterHeaders.number(record.headers(), header).orElse(-1L);
    }

    private static String topicOf(String service) {
        return TaskDefinition.deadLetterTopicOf(service);
    }

    private void reading(String isolation, Consumer<TopicSpan> work) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, kafka.applicationId("dead-letters"));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A fetch that waits for records that are to come would hold up the next stretch.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 0);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            work.accept(new TopicSpan(consumer, PATIENCE));
        } catch (AuthorizationException denied) {
            throw new RetriableException("Kafka lets nobody read dead letters here: " + denied.getMessage(), denied);
        } catch (KafkaException unreached) {
            throw new RetriableException(NOT_ALL + unreached.getMessage(), unreached);
        }
    }
}
