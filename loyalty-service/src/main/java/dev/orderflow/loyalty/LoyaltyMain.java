package dev.orderflow.loyalty;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.schemas.Topics;

/** Runs loyalty as a process of its own. */
public final class LoyaltyMain {

    private LoyaltyMain() {}

    /** Runs until it is asked to end; {@link ServiceMain} says with which arguments. */
    public static void main(String[] args) {
        ServiceMain.run(args, Topics::toCreate, LoyaltyService::new);
    }
}
