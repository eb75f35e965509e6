package dev.orderflow.inventory.stock;

import dev.orderflow.inventory.stock.Decision.Changed;
import dev.orderflow.inventory.stock.Decision.Nothing;
import dev.orderflow.inventory.stock.Decision.Refused;
import dev.orderflow.inventory.stock.Decision.Repeated;
import dev.orderflow.inventory.stock.Reservation.Committed;
import dev.orderflow.inventory.stock.Reservation.Held;
import dev.orderflow.inventory.stock.Reservation.None;
import dev.orderflow.inventory.stock.Reservation.Rejected;
import dev.orderflow.inventory.stock.Reservation.Released;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The stock of one order at one location, as a pure function. Every request may come twice and in any order: a repeated
 * one changes nothing, and a release that overtakes its reservation leaves a {@link Released} that refuses it.
 */
public final class OrderStock {

    private OrderStock() {}

    /**
     * What to do about a request.
     *
     * @param current what is known of the order
     * @param levels the level of a product at the location, {@link StockLevel#NONE} for an unknown one
     */
    public static Decision decide(Reservation current, Request request, Function<String, StockLevel> levels) {
        return switch (request) {
            case Request.Reserve reserve -> reserve(current, reserve, levels);
            case Request.Release release -> release(current, release, levels);
            case Request.Commit _ -> commit(current, levels);
        };
    }

    private static Decision reserve(Reservation current, Request.Reserve reserve, Function<String, StockLevel> levels) {
        return switch (current) {
            case None _ -> reserveNow(onePerProduct(reserve.lines()), levels);
            // A sold order was reserved: that is still the answer to a reservation that is asked for again.
            case Held _, Committed _ -> new Repeated(new Fact.Reserved());
            case Rejected rejected -> new Repeated(new Fact.Rejected(rejected.shortfalls()));
            case Released released -> new Repeated(new Fact.Released(released.wasReserved()));
        };
    }

    private static Decision reserveNow(List<Line> lines, Function<String, StockLevel> levels) {
        List<Shortfall> shortfalls = new ArrayList<>();
        for (Line line : lines) {
            long available = levels.apply(line.productId()).available();
            if (available < line.quantity()) {
                shortfalls.add(new Shortfall(line.productId(), line.quantity(), available));
            }
        }
        if (!shortfalls.isEmpty()) {
            return new Changed(new Rejected(shortfalls), Map.of(), new Fact.Rejected(shortfalls));
        }
        return new Changed(new Held(lines), moved(lines, levels, StockLevel::reserve), new Fact.Reserved());
    }

    private static Decision release(Reservation current, Request.Release release, Function<String, StockLevel> levels) {
        return switch (current) {
            case None _, Rejected _ -> new Changed(new Released(false), Map.of(), new Fact.Released(false));
            case Released released -> new Repeated(new Fact.Released(released.wasReserved()));
            // Whoever asks has not read that it was reserved: for once that may have been lost on its way, as a dead
            // letter.
            case Held held ->
                release.unlessDone()
                        ? new Repeated(new Fact.Stands())
                        : released(moved(held.lines(), levels, StockLevel::giveBackReserved));
            case Committed committed ->
                release.unlessDone()
                        ? new Repeated(new Fact.Stands())
                        : released(moved(committed.lines(), levels, StockLevel::giveBackCommitted));
        };
    }

    private static Decision released(Map<String, StockLevel> levels) {
        return new Changed(new Released(true), levels, new Fact.Released(true));
    }

    private static Decision commit(Reservation current, Function<String, StockLevel> levels) {
        return switch (current) {
            case Held held ->
                new Changed(
                        new Committed(held.lines()),
                        moved(held.lines(), levels, StockLevel::commit),
                        new Fact.Committed());
            case Committed _ -> new Repeated(new Fact.Committed());
            // The undo has overtaken it, or came after it and it is repeated: nothing of this order is sold.
            case Released _ -> new Nothing();
            case None _ -> new Refused("its stock is to be committed, but was never reserved");
            case Rejected _ -> new Refused("its stock is to be committed, but its reservation was rejected");
        };
    }

    private interface Move {
        StockLevel apply(StockLevel level, long quantity);
    }

    private static Map<String, StockLevel> moved(List<Line> lines, Function<String, StockLevel> levels, Move move) {
        Map<String, StockLevel> moved = new LinkedHashMap<>();
        for (Line line : lines) {
            moved.put(line.productId(), move.apply(levels.apply(line.productId()), line.quantity()));
        }
        return moved;
    }

    private static List<Line> onePerProduct(List<Line> lines) {
        BinaryOperator<Line> sum = (a, b) -> new Line(a.productId(), Math.addExact(a.quantity(), b.quantity()));
        Map<String, Line> byProduct = new LinkedHashMap<>();
        for (Line line : lines) {
            byProduct.merge(line.productId(), line, sum);
        }
        return List.copyOf(byProduct.values());
    }
}
