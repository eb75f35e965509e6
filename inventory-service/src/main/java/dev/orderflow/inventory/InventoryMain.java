package dev.orderflow.inventory;

import dev.orderflow.durable.service.ServiceMain;
import dev.orderflow.schemas.Topics;

/** Runs inventory as a process of its own. */
public final class InventoryMain {

    private InventoryMain() {}

    /** Runs until it is asked to end; {@link ServiceMain} says with which arguments. */
    public static void main(String[] args) {
        ServiceMain.run(args, Topics::toCreate, InventoryService::new);
    }
}
