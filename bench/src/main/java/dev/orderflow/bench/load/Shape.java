package dev.orderflow.bench.load;

/** How orders are sent. */
public sealed interface Shape {

    /**
     * So many clients, each of which sends its next order when the one before has its outcome.
     *
     * @param clients 1 or more
     */
    record Closed(int clients) implements Shape {
        public Closed {
            require("clients", clients);
        }
    }

    /**
     * So many orders a second, whatever becomes of those before; the time of each runs from when it was to be sent, so that
     * a stall is counted for every order that it held up.
     *
     * @param perSecond 1 or more
     */
    record Open(int perSecond) implements Shape {
        public Open {
            require("orders a second", perSecond);
        }
    }

    private static void require(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " must be 1 or more, not " + number);
        }
    }
}
