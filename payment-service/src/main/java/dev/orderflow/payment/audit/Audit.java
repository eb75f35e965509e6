package dev.orderflow.payment.audit;

import dev.orderflow.durable.ServicePart;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.payment.provider.PaymentProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The money audit: compares all the time what the topics say of every order with what the provider says of its charges,
 * and what inventory shows with the adjustments that were sent. Safe for use by several threads.
 */
public final class Audit implements ServicePart {

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final Duration KEEP_EVERY = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AuditSettings settings;
    private final KafkaConnection kafka;
    private final Records records;
    private final PaymentProvider provider;
    private final InstantSource clock;
    private final BooksFile file;
    private final Thread logThread;
    private final Thread listThread;
    private volatile boolean closing;
    private volatile @Nullable Books books;
    private volatile @Nullable LogReader reader;
    private volatile String logTrouble = "";
    private volatile String listTrouble = "";
    private Instant keptAt = Instant.EPOCH;

    /** What the audit knows at one moment. */
    record Finding(Books.State state, String provider, Instant at, String logTrouble, String listTrouble) {}

    /** An audit that has not begun. */
    public Audit(AuditSettings settings, KafkaConnection kafka, AvroSerdes serdes, PaymentProvider provider) {
        this.settings = settings;
        this.kafka = kafka;
        this.records = new Records(serdes);
        this.provider = provider;
        this.clock = InstantSource.system();
        Path directory = kafka.stateDirectory().resolve(kafka.applicationId("audit") + "-" + kafka.instance());
        this.file = new BooksFile(directory.resolve("books"));
        this.logThread = Thread.ofPlatform().name("audit-log").daemon().unstarted(this::readLog);
        this.listThread = Thread.ofPlatform().name("audit-list").daemon().unstarted(this::readList);
    }

    /** Begins to read; returns before everything has been read. */
    @Override
    public void start() {
        logThread.start();
        listThread.start();
    }

    /** What is known now; empty before the topics were found. */
    Optional<Finding> finding() {
        Books current = books;
        if (current == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return Optional.of(new Finding(current.state(now), provider.name(), now, logTrouble, listTrouble));
    }

    /** Why there is no finding yet. */
    String trouble() {
        return logTrouble.isEmpty() ? "the audit begins" : logTrouble;
    }

    @Override
    public void close() {
        closing = true;
        LogReader current = reader;
        if (current != null) {
            current.wakeup();
        }
        LockSupport.unpark(logThread);
        listThread.interrupt();
        await(logThread);
        await(listThread);
        Books last = books;
        if (last != null) {
            file.write(last);
        }
    }

    private void readLog() {
        while (!closing) {
            try (LogReader opened = new LogReader(kafka, records, clock)) {
                reader = opened;
                books = opened.begin(this::open);
                while (!closing) {
                    opened.readOnce();
                    logTrouble = "";
                    keep();
                }
            } catch (WakeupException asked) {
                LOG.debug("The audit was asked to end");
            } catch (RuntimeException failure) {
                if (!closing) {
                    logTrouble = String.valueOf(failure.getMessage());
                    LOG.warn("The audit reads the topics on after: {}", failure.toString());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    /** The books go on where they are: a failure to read takes nothing from what was read. */
    private Books open(String topicId, boolean complete) {
        Books before = books;
        if (before != null) {
            return before;
        }
        return file.read(topicId, provider.name(), settings.patience())
                .orElseGet(() -> new Books(topicId, provider.name(), settings.patience(), complete));
    }

    private void readList() {
        ListReader list = new ListReader(provider, clock);
        while (!closing) {
            Books current = books;
            if (current != null) {
                try {
                    list.readOnce(current);
                    listTrouble = "";
                } catch (RuntimeException failure) {
                    listTrouble = String.valueOf(failure.getMessage());
                    LOG.debug("The provider's list is read on after: {}", failure.toString());
                }
            }
            LockSupport.parkNanos(settings.interval().toNanos());
        }
    }

    private void keep() {
        Instant now = clock.instant();
        Books current = books;
        if (current != null && keptAt.plus(KEEP_EVERY).isBefore(now)) {
            file.write(current);
            keptAt = now;
        }
    }

    private static void await(Thread thread) {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            if (!thread.join(CLOSE_WITHIN)) {
                LOG.warn("{} did not end within {} s", thread.getName(), CLOSE_WITHIN.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
