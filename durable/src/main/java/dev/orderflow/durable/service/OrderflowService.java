package dev.orderflow.durable.service;

import dev.orderflow.durable.ServicePart;
import java.util.List;

/** One service of the product, inside whatever process it runs in. Safe for use by several threads. */
public interface OrderflowService extends ServicePart {

    /** Its name, such as {@code inventory}. */
    String name();

    /** Objects that its controllers ask for: a controller is served only where the object that it needs is among them. */
    List<Object> beans();
}
