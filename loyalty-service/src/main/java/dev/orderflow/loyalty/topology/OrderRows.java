package dev.orderflow.loyalty.topology;

import dev.orderflow.events.OrderPointsRow;
import dev.orderflow.events.OrderPointsStatus;
import dev.orderflow.loyalty.points.OrderPoints;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An order's points as they are stored. */
final class OrderRows {

    private OrderRows() {}

    static OrderPoints read(@Nullable OrderPointsRow row) {
        if (row == null) {
            return new OrderPoints.None();
        }
        return switch (row.getStatus()) {
            case EARNED -> new OrderPoints.Earned(row.getPoints());
            case REFUNDED_FIRST -> new OrderPoints.RefundedFirst();
            case TAKEN_BACK -> new OrderPoints.TakenBack();
            case UNKNOWN ->
                throw new IllegalStateException(
                        "An order's points were stored by a newer version of this service: deploy that one");
        };
    }

    static OrderPointsRow write(OrderPoints order, Instant now) {
        return switch (order) {
            case OrderPoints.Earned earned -> new OrderPointsRow(OrderPointsStatus.EARNED, earned.points(), now);
            case OrderPoints.RefundedFirst _ -> new OrderPointsRow(OrderPointsStatus.REFUNDED_FIRST, 0L, now);
            case OrderPoints.TakenBack _ -> new OrderPointsRow(OrderPointsStatus.TAKEN_BACK, 0L, now);
            case OrderPoints.None _ ->
                throw new IllegalArgumentException("Nothing is known, so there is nothing to keep");
        };
    }
}
