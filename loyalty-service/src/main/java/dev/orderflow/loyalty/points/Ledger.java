package dev.orderflow.loyalty.points;

import dev.orderflow.loyalty.points.OrderPoints.Earned;
import dev.orderflow.loyalty.points.OrderPoints.None;
import dev.orderflow.loyalty.points.OrderPoints.RefundedFirst;
import dev.orderflow.loyalty.points.OrderPoints.TakenBack;
import java.util.List;
import java.util.Optional;

/**
 * A customer's points, as a pure function. A change may come twice and in any order: an order adds what it is worth once,
 * and takes back exactly that once, so a balance that starts at 0 is never below it.
 */
public final class Ledger {

    /**
     * What becomes of one change.
     *
     * @param next what to remember of the order; empty when nothing changes
     * @param entries the new lines of the ledger, in order; the last one has the new balance
     */
    public record Decision(Optional<OrderPoints> next, List<Entry> entries) {

        static final Decision NOTHING = new Decision(Optional.empty(), List.of());

        public Decision {
            entries = List.copyOf(entries);
        }
    }

    private Ledger() {}

    /**
     * What to do about a change.
     *
     * @param order what is known of the order
     * @param balance the customer's points before it
     */
    public static Decision decide(OrderPoints order, Change change, long balance) {
        return switch (change) {
            case Change.Completed completed -> completed(order, completed.points(), balance);
            case Change.Refunded _ -> refunded(order, balance);
        };
    }

    private static Decision completed(OrderPoints order, long points, long balance) {
        return switch (order) {
            case None _ -> changed(new Earned(points), earned(points, balance));
            case RefundedFirst _ ->
                changed(new TakenBack(), earned(points, balance), takenBack(points, Math.addExact(balance, points)));
            case Earned _, TakenBack _ -> Decision.NOTHING;
        };
    }

    private static Decision refunded(OrderPoints order, long balance) {
        return switch (order) {
            case None _ -> changed(new RefundedFirst());
            case Earned earned -> changed(new TakenBack(), takenBack(earned.points(), balance));
            case RefundedFirst _, TakenBack _ -> Decision.NOTHING;
        };
    }

    private static Decision changed(OrderPoints next, Entry... entries) {
        return new Decision(Optional.of(next), List.of(entries));
    }

    private static Entry earned(long points, long balance) {
        return new Entry(Entry.Kind.EARNED, points, Math.addExact(balance, points));
    }

    private static Entry takenBack(long points, long balance) {
        return new Entry(Entry.Kind.TAKEN_BACK, -points, balance - points);
    }
}
