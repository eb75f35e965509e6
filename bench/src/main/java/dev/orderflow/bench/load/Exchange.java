package dev.orderflow.bench.load;

/** Hears what came back on a connection; called on its event loop. */
interface Exchange {

    /**
     * The answer is complete.
     *
     * @param status of HTTP
     * @param head the first few hundred characters of the body
     * @param intendedAt as it was sent with
     */
    void answered(HttpConnection connection, int status, String head, long intendedAt);

    /**
     * The connection has ended.
     *
     * @param inFlight whether an answer was outstanding
     */
    void lost(HttpConnection connection, boolean inFlight, String why);
}
