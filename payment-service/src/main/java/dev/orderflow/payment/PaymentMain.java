package dev.orderflow.payment;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.schemas.Topics;

/** Runs payment as a process of its own. */
public final class PaymentMain {

    private PaymentMain() {}

    /** Runs until it is asked to end; {@link ServiceMain} says with which arguments. */
    public static void main(String[] args) {
        ServiceMain.run(args, Topics::toCreate, PaymentService::new);
    }
}
