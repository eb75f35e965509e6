package dev.orderflow.order.topology;

import dev.orderflow.durable.testing.TaskTestDriver;
import dev.orderflow.durable.testing.TaskTestDriver.Output;
import dev.orderflow.events.OrderView;
import dev.orderflow.order.rehearsal.Activity;
import dev.orderflow.order.rehearsal.Input;
import dev.orderflow.order.rehearsal.Noted;
import dev.orderflow.order.rehearsal.Recording;
import dev.orderflow.order.rehearsal.Rehearsal;
import dev.orderflow.order.rehearsal.Sent;
import dev.orderflow.order.rehearsal.SetAside;
import dev.orderflow.order.rehearsal.Verdict;
import dev.orderflow.order.saga.Evidence;
import dev.orderflow.order.saga.Money;
import dev.orderflow.order.saga.OrderSaga;
import dev.orderflow.order.saga.SagaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;

/** The saga as it runs, whose topics are read as a rehearsal reads them; about one order. */
final class RecordedSaga implements AutoCloseable {

    static final String ORDER = "o-1";

    private final TaskTestDriver driver;
    private final RecordedAvro avro;
    private final Map<String, Long> ends = new HashMap<>();
    private final List<Input> inputs = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Noted> noted = new ArrayList<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private final Activity activity = new Activity(Facts.START.minusSeconds(60));
    private Money due;
    private Instant dispatchDueAt;

    RecordedSaga(SagaSettings settings) {
        driver = new TaskTestDriver(SagaDefinition.of(settings, ViewAudience.NOBODY), Facts.START);
        avro = new RecordedAvro(driver.serdes());
    }

    /** A record comes and is handled. */
    RecordedSaga reads(String topic, SpecificRecord value) {
        write(topic, value, true);
        driver.send(topic, ORDER, value);
        collect();
        return this;
    }

    /** A record is there and is not handled yet. */
    RecordedSaga misses(String topic, SpecificRecord value) {
        write(topic, value, false);
        return this;
    }

    private void write(String topic, SpecificRecord value, boolean handled) {
        Evidence place = new Evidence(topic, 0, ends.merge(topic, 1L, Long::sum) - 1);
        inputs.add(avro.input(place, driver.now(), handled, driver.serdes().serialize(topic, value)));
    }

    /** Time passes, and the saga is at work on other orders meanwhile. */
    RecordedSaga waits(Duration time) {
        Instant end = driver.now().plus(time);
        while (driver.now().isBefore(end)) {
            activity.saw(driver.now());
            driver.advance(Duration.ofMillis(500));
        }
        collect();
        return this;
    }

    /** Time passes while the saga is down: what was due fires when it is there again. */
    RecordedSaga isDown(Duration time) {
        driver.advance(time);
        collect();
        return this;
    }

    /** The newest view there is. */
    OrderView shown() {
        return views.getLast();
    }

    private final List<OrderView> views = new ArrayList<>();

    private void collect() {
        for (String topic : RecordedAvro.outputs()) {
            for (Output<byte[]> record : driver.rawOutputs(topic)) {
                String id = header(record.headers(), "ce_id");
                long sequence = Long.parseLong(id.substring(id.lastIndexOf('/') + 1));
                sent.add(avro.sent(topic, header(record.headers(), "ce_type"), sequence, record.value()));
                activity.saw(driver.now());
                if (topic.equals("order.accepted")) {
                    due = avro.due(record.value());
                }
            }
        }
        for (OrderView view : driver.values("order.view", OrderView.class)) {
            views.add(view);
            noted.addAll(RecordedAvro.noted(view));
            dispatchDueAt = view.getDispatchDueAt();
        }
        for (Output<byte[]> letter : driver.rawOutputs("order-saga.dead-letters")) {
            Evidence place = new Evidence(
                    header(letter.headers(), "dl_topic"), 0, Long.parseLong(header(letter.headers(), "dl_offset")));
            setAside.add(new SetAside(
                    place,
                    avro.refused(
                            place,
                            header(letter.headers(), "dl_reason"),
                            Instant.parse(header(letter.headers(), "dl_time")))));
        }
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    Recording recording() {
        return recording(inputs);
    }

    /** What is left when the first records have been deleted. */
    Recording withoutThePlacing() {
        return recording(inputs.stream()
                .filter(input -> !input.place().topic().equals("order.placed"))
                .toList());
    }

    private Recording recording(List<Input> there) {
        return new Recording(ORDER, there, sent, noted, setAside, false, due, dispatchDueAt, activity);
    }

    /** What comes of its rehearsal with these settings. */
    Verdict rehearsed(SagaSettings settings) {
        return rehearsed(settings, recording());
    }

    Verdict rehearsed(SagaSettings settings, Recording recording) {
        return new Rehearsal(new OrderSaga(settings), avro).judge(recording);
    }

    @Override
    public void close() {
        driver.close();
    }
}
