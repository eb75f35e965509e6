package dev.orderflow.inventory.topology;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.runtime.Message;
import dev.orderflow.durable.runtime.Sweep;
import dev.orderflow.durable.runtime.Task;
import dev.orderflow.durable.runtime.TaskHandler;
import dev.orderflow.durable.timer.Timer;
import dev.orderflow.events.CommitStock;
import dev.orderflow.events.InventoryCommand;
import dev.orderflow.events.Money;
import dev.orderflow.events.OrderAccepted;
import dev.orderflow.events.ReleaseStock;
import dev.orderflow.events.StockAdjustment;
import dev.orderflow.events.StockReserved;
import dev.orderflow.inventory.stock.Adjustment;
import dev.orderflow.inventory.stock.Decision;
import dev.orderflow.inventory.stock.Fact;
import dev.orderflow.inventory.stock.Line;
import dev.orderflow.inventory.stock.OrderStock;
import dev.orderflow.inventory.stock.Request;
import dev.orderflow.inventory.stock.Reservation;
import dev.orderflow.inventory.stock.StockLevel;
import dev.orderflow.schemas.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out for one partition what {@link OrderStock} and {@link Adjustment} decide. */
public final class InventoryHandler implements TaskHandler {

    private final Task task;
    private final StockStore stock;
    private final ReservationStore reservations;
    private final AdjustmentStore adjustments;
    private final Sweep<?> reservationSweep;
    private final Sweep<?> adjustmentSweep;

    InventoryHandler(Task task, InventorySettings settings) {
        this.task = task;
        this.stock = new StockStore(task);
        this.reservations = new ReservationStore(task, settings);
        this.adjustments = new AdjustmentStore(task, settings);
        this.reservationSweep = new Sweep<>(task, "sweep-reservations", reservations.rows(), reservations::isOver);
        this.adjustmentSweep = new Sweep<>(task, "sweep-adjustments", adjustments.rows(), adjustments::isOver);
    }

    void onAccepted(Message<OrderAccepted> message) {
        OrderAccepted order = message.value();
        decide(
                order.getStockLocation(),
                order.getOrderId(),
                order.getAcceptedAt(),
                reserve(order),
                () -> new StockReserved(
                        order.getCustomer(),
                        new Money(
                                order.getTotals().getTotal(), order.getTotals().getCurrency()),
                        order.getAcceptedAt()));
    }

    void onCommand(Message<InventoryCommand> message) {
        InventoryCommand command = message.value();
        Request request =
                switch (command.getCommand()) {
                    case ReleaseStock release -> new Request.Release(release.getUnlessDone());
                    case CommitStock _ -> new Request.Commit();
                    case Object other ->
                        throw new PoisonException(
                                "Order " + command.getOrderId() + ": unknown command " + other.getClass());
                };
        decide(command.getStockLocation(), command.getOrderId(), command.getAcceptedAt(), request, () -> {
            throw new IllegalStateException("Order " + command.getOrderId() + " was reserved by a command");
        });
    }

    void onAdjustment(Message<StockAdjustment> message) {
        StockAdjustment record = message.value();
        String location = record.getStockLocation();
        Adjustment adjustment = adjustment(record);
        StockKey key = new StockKey(location, adjustment.productId());
        switch (adjustment.decide(adjustments.find(location, record.getAdjustmentId()), stock.level(key))) {
            case Adjustment.Outcome.Applied(StockLevel level) -> {
                stock.put(key, level);
                adjustments.put(location, record.getAdjustmentId(), adjustment);
                adjustmentSweep.schedule();
            }
            case Adjustment.Outcome.Repeated _ -> {}
            case Adjustment.Outcome.Refused(String reason) ->
                throw new PoisonException("Adjustment " + record.getAdjustmentId() + " of " + key.text() + " by "
                        + adjustment.delta() + ": " + reason);
        }
    }

    @Override
    public void onTimer(Timer timer) {
        if (!reservationSweep.run(timer) && !adjustmentSweep.run(timer)) {
            throw new IllegalStateException("No such timer: " + timer);
        }
    }

    @Override
    public @Nullable Instant onBatchEnd() {
        return stock.publish();
    }

    private void decide(
            String location,
            String orderId,
            @Nullable Instant acceptedAt,
            Request request,
            Supplier<StockReserved> reserved) {
        ReservationStore.Known known = reservations.find(location, orderId, acceptedAt);
        switch (OrderStock.decide(
                known.reservation(), request, product -> stock.level(new StockKey(location, product)))) {
            case Decision.Changed(Reservation next, Map<String, StockLevel> levels, Fact fact) -> {
                levels.forEach((product, level) -> stock.put(new StockKey(location, product), level));
                reservations.put(known.key(), next);
                if (next.closed()) {
                    reservationSweep.schedule();
                }
                say(location, orderId, fact, reserved);
            }
            case Decision.Repeated(Fact fact) -> say(location, orderId, fact, reserved);
            case Decision.Nothing _ -> {}
            case Decision.Refused(String reason) -> throw new PoisonException("Order " + orderId + ": " + reason);
        }
    }

    private void say(String location, String orderId, Fact fact, Supplier<StockReserved> reserved) {
        StockEvent event = StockEvent.of(location, orderId, fact, task.now(), reserved);
        if (fact instanceof Fact.Committed) {
            task.emitUnhurried(Topics.INVENTORY_EVENTS.name(), orderId, event.event(), event.id(), event.type());
        } else {
            task.emit(Topics.INVENTORY_EVENTS.name(), orderId, event.event(), event.id(), event.type());
        }
    }

    private static Request reserve(OrderAccepted order) {
        if (order.getOrderId().isEmpty() || !isLocation(order.getStockLocation())) {
            throw new PoisonException("Order '" + order.getOrderId() + "' at location '" + order.getStockLocation()
                    + "': neither may be empty, and a location has no slash");
        }
        try {
            return new Request.Reserve(order.getLines().stream()
                    .map(line -> new Line(line.getProductId(), line.getQuantity()))
                    .toList());
        } catch (IllegalArgumentException invalid) {
            throw new PoisonException("Order " + order.getOrderId() + ": " + invalid.getMessage(), invalid);
        }
    }

    private static Adjustment adjustment(StockAdjustment record) {
        if (record.getAdjustmentId().isEmpty() || !isLocation(record.getStockLocation())) {
            throw new PoisonException("Adjustment '" + record.getAdjustmentId() + "' at location '"
                    + record.getStockLocation() + "': neither may be empty, and a location has no slash");
        }
        try {
            return new Adjustment(record.getProductId(), record.getDelta());
        } catch (IllegalArgumentException invalid) {
            throw new PoisonException("Adjustment " + record.getAdjustmentId() + ": " + invalid.getMessage(), invalid);
        }
    }

    private static boolean isLocation(String location) {
        return !location.isEmpty() && location.indexOf('/') < 0;
    }
}
