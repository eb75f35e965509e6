package dev.orderflow.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** One run over Kafka: a thread that sends, and one that reads what came out. */
@SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
final class KafkaRun {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    /** More orders than may ever be under way: their times are kept in a ring. */
    private static final int RING = 1 << 20;

    private final String bootstrap;
    private final KafkaRoute route;
    private final KafkaProducer<String, byte[]> producer;
    private final Shape shape;
    private final int first;
    private final Duration time;
    private final CompletableFuture<Outcomes> done = new CompletableFuture<>();
    private final AtomicLongArray intendedAt = new AtomicLongArray(RING);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Semaphore slots;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch allSent = new CountDownLatch(1);
    private volatile long startedAt;

    KafkaRun(
            String bootstrap,
            KafkaRoute route,
            KafkaProducer<String, byte[]> producer,
            Shape shape,
            int first,
            Duration time) {
        this.bootstrap = bootstrap;
        this.route = route;
        this.producer = producer;
        this.shape = shape;
        this.first = first;
        this.time = time;
        this.slots = switch (shape) {
            case Shape.Closed(int clients) -> new Semaphore(clients);
            case Shape.Open _ -> new Semaphore(RING / 2);
        };
    }

    CompletableFuture<Outcomes> start() {
        Thread.ofPlatform().daemon().name("bench-receive").start(() -> guarded(this::receive));
        Thread.ofPlatform().daemon().name("bench-send").start(() -> guarded(this::send));
        return done;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            done.completeExceptionally(interrupted);
        } catch (RuntimeException failure) {
            done.completeExceptionally(failure);
        }
    }

    private void send() throws InterruptedException {
        begun.await();
        long end = startedAt + time.toNanos();
        for (int index = 0; !done.isDone(); index++) {
            long intended = intended(index);
            if (intended - end >= 0) {
                break;
            }
            pause(intended);
            if (!slots.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                break;
            }
            send(index, shape instanceof Shape.Open ? intended : System.nanoTime());
        }
        producer.flush();
        allSent.countDown();
    }

    private long intended(int index) {
        return switch (shape) {
            case Shape.Closed _ -> System.nanoTime();
            case Shape.Open(int perSecond) -> startedAt + index * TimeUnit.SECONDS.toNanos(1) / perSecond;
        };
    }

    private static void pause(long until) {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void send(int index, long intended) {
        int number = first + index;
        intendedAt.set(number & (RING - 1), intended);
        sent.incrementAndGet();
        producer.send(
                new ProducerRecord<>(
                        route.into(), route.id().apply(number), route.value().apply(number)),
                (written, failure) -> {
                    if (failure != null) {
                        refused.incrementAndGet();
                        slots.release();
                    }
                });
    }

    private void receive() {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            consumer.assign(partitions(consumer));
            consumer.seekToEnd(consumer.assignment());
            // Found now: what is sent from here on lies behind it.
            consumer.assignment().forEach(consumer::position);
            startedAt = System.nanoTime();
            Outcomes outcomes = new Outcomes(startedAt);
            begun.countDown();
            String prefix = prefix(route.id().apply(first));
            long giveUp = startedAt + time.toNanos() + PATIENCE.toNanos();
            while (!isComplete(outcomes) && System.nanoTime() - giveUp < 0 && !done.isDone()) {
                for (ConsumerRecord<String, byte[]> arrived : consumer.poll(POLL)) {
                    arrived(arrived, prefix, outcomes);
                }
            }
            complete(outcomes);
        }
    }

    private void arrived(ConsumerRecord<String, byte[]> arrived, String prefix, Outcomes outcomes) {
        String id = arrived.key();
        if (!id.startsWith(prefix)) {
            return;
        }
        int number = Integer.parseInt(id.substring(prefix.length()));
        if (number < first) {
            return;
        }
        outcomes.done(route.done().contains(arrived.topic()), intendedAt.get(number & (RING - 1)), System.nanoTime());
        slots.release();
    }

    private boolean isComplete(Outcomes outcomes) {
        return allSent.getCount() == 0 && outcomes.finished() + refused.get() >= sent.get();
    }

    private void complete(Outcomes outcomes) {
        int orders = sent.get();
        for (int i = 0; i < orders; i++) {
            outcomes.sent();
        }
        for (int i = 0; i < refused.get(); i++) {
            outcomes.failed("refused by the broker");
        }
        outcomes.unfinished(orders - outcomes.finished() - refused.get());
        done.complete(outcomes);
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        "5000"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        List<String> topics = new ArrayList<>(route.done());
        topics.addAll(route.undone());
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
        }
        return partitions;
    }

    private static String prefix(String id) {
        return id.substring(0, id.lastIndexOf('-') + 1);
    }
}
