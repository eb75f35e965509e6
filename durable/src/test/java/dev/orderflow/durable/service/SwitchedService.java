package dev.orderflow.durable.service;

import java.util.List;
import java.util.Set;

/** Is as ready and alive as a test says. */
final class SwitchedService implements OrderflowService {

    volatile boolean ready = true;
    volatile boolean alive = true;

    @Override
    public String name() {
        return "notes";
    }

    @Override
    public List<Object> beans() {
        return List.of(new Sizes(), new OpenToOtherSites(Set.of("/notes/open")));
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public String status() {
        return "ready is " + ready;
    }

    @Override
    public void close() {
        // Runs nothing.
    }

    /** What the controller asks for. */
    static final class Sizes {

        int of(byte[] bytes) {
            return bytes.length;
        }
    }
}
