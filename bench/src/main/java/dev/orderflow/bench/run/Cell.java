package dev.orderflow.bench.run;

import dev.orderflow.bench.load.Shape;
import dev.orderflow.local.client.CommandException;
import java.util.Arrays;
import java.util.List;

/** One measurement. */
public sealed interface Cell {

    /** How people name it: {@code closed:64}. */
    String name();

    /** Orders over HTTP, each waited for with {@code Prefer: wait}. */
    record Http(Shape shape) implements Cell {
        @Override
        public String name() {
            return switch (shape) {
                case Shape.Closed(int clients) -> "closed:" + clients;
                case Shape.Open(int perSecond) -> "open:" + perSecond;
            };
        }
    }

    /**
     * Orders straight to {@code order.placed}, until they are in {@code order.confirmed}.
     *
     * @param oneLocation whether all of them want the stock of one location
     */
    record KafkaIn(Shape shape, boolean oneLocation) implements Cell {
        @Override
        public String name() {
            return switch (shape) {
                case Shape.Closed(int clients) -> (oneLocation ? "location:" : "kafka:") + clients;
                case Shape.Open(int perSecond) -> (oneLocation ? "location-rate:" : "kafka-rate:") + perSecond;
            };
        }
    }

    /** Records through as many transactional hops as an order takes, with no work in them. */
    record Floor(Shape shape) implements Cell {
        @Override
        public String name() {
            return switch (shape) {
                case Shape.Closed(int clients) -> "floor:" + clients;
                case Shape.Open(int perSecond) -> "floor-rate:" + perSecond;
            };
        }
    }

    /**
     * Fills the log.
     *
     * @param orders how many orders are to be in it
     */
    record Fill(int orders) implements Cell {
        @Override
        public String name() {
            return "fill:" + orders;
        }
    }

    /** Reads {@code closed:64,open:100}. */
    static List<Cell> parseAll(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Cell::parse)
                .toList();
    }

    /** Reads one name. */
    static Cell parse(String name) {
        int colon = name.indexOf(':');
        String kind = colon < 0 ? name : name.substring(0, colon);
        int number = number(name, colon);
        return switch (kind) {
            case "closed" -> new Http(new Shape.Closed(number));
            case "open" -> new Http(new Shape.Open(number));
            case "kafka" -> new KafkaIn(new Shape.Closed(number), false);
            case "kafka-rate" -> new KafkaIn(new Shape.Open(number), false);
            case "location" -> new KafkaIn(new Shape.Closed(number), true);
            case "location-rate" -> new KafkaIn(new Shape.Open(number), true);
            case "floor" -> new Floor(new Shape.Closed(number));
            case "floor-rate" -> new Floor(new Shape.Open(number));
            case "fill" -> new Fill(number);
            default -> throw unknown(name);
        };
    }

    private static int number(String name, int colon) {
        try {
            int number = Integer.parseInt(name.substring(colon + 1));
            if (colon > 0 && number > 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Told like a number that is too small.
        }
        throw unknown(name);
    }

    private static CommandException unknown(String name) {
        return new CommandException("'" + name + "' is no cell: name some of closed:N, open:N, kafka:N, kafka-rate:N,"
                + " location:N, location-rate:N, floor:N, floor-rate:N and fill:N, with commas between them.");
    }
}
