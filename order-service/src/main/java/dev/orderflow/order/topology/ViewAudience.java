package dev.orderflow.order.topology;

import dev.orderflow.events.OrderView;

/**
 * Those in this process who wait for an order. Whoever waits elsewhere is served by the topic of views. Safe for use by several
 * threads; no method blocks.
 */
public interface ViewAudience {

    /** Nobody waits. */
    ViewAudience NOBODY = new ViewAudience() {
        @Override
        public boolean awaits(OrderView view) {
            return false;
        }

        @Override
        public void committed(OrderView view) {}
    };

    /** Whether somebody waits for this order. Asked before its view is committed, and can be read from the topic. */
    boolean awaits(OrderView view);

    /** A view that somebody has waited for is committed; it may or may not have been read from the topic by now. */
    void committed(OrderView view);
}
