package dev.orderflow.inventory.topology;

import dev.orderflow.durable.runtime.Task;
import dev.orderflow.events.ReservedLine;
import dev.orderflow.events.Shortage;
import dev.orderflow.events.StockReservation;
import dev.orderflow.events.StockReservationStatus;
import dev.orderflow.inventory.stock.Line;
import dev.orderflow.inventory.stock.Reservation;
import dev.orderflow.inventory.stock.Shortfall;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each order, by location, order and time of acceptance. What is over is forgotten after a window: from
 * then on it is as if the order had never been, whether the sweep has come by or not.
 */
final class ReservationStore {

    private final Task task;
    private final InventorySettings settings;
    private final KeyValueStore<String, StockReservation> rows;

    ReservationStore(Task task, InventorySettings settings) {
        this.task = task;
        this.settings = settings;
        this.rows = task.store(InventoryTopology.RESERVATIONS, StockReservation.class);
    }

    /** What is known of an order, and under which key. */
    record Known(String key, Reservation reservation) {}

    /**
     * What is known of an order. When it was accepted is in its key, so that an id that is used again finds nothing of the
     * order that had it before.
     *
     * @param acceptedAt null in a command of an older version: then the newest of that id is meant
     */
    Known find(String location, String orderId, @Nullable Instant acceptedAt) {
        String plain = location + "/" + orderId;
        if (acceptedAt == null) {
            StockReservation old = rows.get(plain);
            return old != null ? known(plain, old) : newest(plain);
        }
        String key = plain + ":" + Long.toString(acceptedAt.toEpochMilli(), Character.MAX_RADIX);
        StockReservation row = rows.get(key);
        StockReservation old = row == null ? rows.get(plain) : null;
        return old == null ? known(key, row) : known(plain, old);
    }

    private Known newest(String plain) {
        Known found = known(plain, null);
        // ';' follows ':', and the times behind it are in the order of their text.
        try (KeyValueIterator<String, StockReservation> all = rows.range(plain + ":", plain + ";")) {
            while (all.hasNext()) {
                KeyValue<String, StockReservation> row = all.next();
                found = known(row.key, row.value);
            }
        }
        return found;
    }

    private Known known(String key, @Nullable StockReservation row) {
        return new Known(key, row == null || isOver(row, task.now()) ? new Reservation.None() : read(row));
    }

    void put(String key, Reservation reservation) {
        rows.put(key, write(reservation, task.now()));
    }

    KeyValueStore<String, StockReservation> rows() {
        return rows;
    }

    /** Whether a row may be forgotten at this time. */
    boolean isOver(StockReservation row, Instant now) {
        return switch (row.getStatus()) {
            case HELD -> false;
            case COMMITTED ->
                row.getChangedAt().plus(settings.committedWindow()).isBefore(now);
            case REJECTED, RELEASED, NEVER_HELD ->
                row.getChangedAt().plus(settings.closedWindow()).isBefore(now);
            case UNKNOWN -> throw unknown();
        };
    }

    private static Reservation read(StockReservation row) {
        return switch (row.getStatus()) {
            case HELD -> new Reservation.Held(lines(row));
            case COMMITTED -> new Reservation.Committed(lines(row));
            case REJECTED ->
                new Reservation.Rejected(row.getShortages().stream()
                        .map(shortage -> new Shortfall(
                                shortage.getProductId(), shortage.getRequested(), shortage.getAvailable()))
                        .toList());
            case RELEASED -> new Reservation.Released(true);
            case NEVER_HELD -> new Reservation.Released(false);
            case UNKNOWN -> throw unknown();
        };
    }

    private static List<Line> lines(StockReservation row) {
        return row.getLines().stream()
                .map(line -> new Line(line.getProductId(), line.getQuantity()))
                .toList();
    }

    private static StockReservation write(Reservation reservation, Instant now) {
        return switch (reservation) {
            case Reservation.Held held -> row(StockReservationStatus.HELD, held.lines(), now);
            case Reservation.Committed committed -> row(StockReservationStatus.COMMITTED, committed.lines(), now);
            case Reservation.Rejected rejected ->
                new StockReservation(
                        StockReservationStatus.REJECTED, List.of(), StockEvent.shortages(rejected.shortfalls()), now);
            case Reservation.Released released ->
                row(
                        released.wasReserved() ? StockReservationStatus.RELEASED : StockReservationStatus.NEVER_HELD,
                        List.of(),
                        now);
            case Reservation.None _ ->
                throw new IllegalArgumentException("Nothing is known, so there is nothing to keep");
        };
    }

    private static StockReservation row(StockReservationStatus status, List<Line> lines, Instant now) {
        List<ReservedLine> reserved = lines.stream()
                .map(line -> new ReservedLine(line.productId(), line.quantity()))
                .toList();
        return new StockReservation(status, reserved, List.<Shortage>of(), now);
    }

    private static IllegalStateException unknown() {
        return new IllegalStateException(
                "A reservation was stored by a newer version of this service: deploy that one");
    }
}
