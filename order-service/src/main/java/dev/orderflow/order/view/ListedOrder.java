package dev.orderflow.order.view;

import dev.orderflow.events.OrderView;

/** One order of a list, with its place in it. */
public record ListedOrder(ListPosition position, OrderView view) {}
