package dev.orderflow.order;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.schemas.Topics;

/** Runs the order service as a process of its own. */
public final class OrderMain {

    private OrderMain() {}

    /** Runs until it is asked to end; {@link ServiceMain} says with which arguments. */
    public static void main(String[] args) {
        ServiceMain.run(args, Topics::toCreate, OrderService::new);
    }
}
