package dev.orderflow.durable.service;

import dev.orderflow.durable.ServicePart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A service made of parts, which its constructor hands over: they are started in that order and closed in the reverse of
 * it. It is ready when each of them is, and alive while each of them is.
 */
public abstract class ComposedService implements OrderflowService {

    private final String name;
    private final List<ServicePart> parts = new ArrayList<>();
    private final List<Object> beans = new ArrayList<>();

    protected ComposedService(String name) {
        this.name = name;
    }

    /** Has a part run with this service. For constructors. */
    protected final <P extends ServicePart> P manage(P part) {
        parts.add(part);
        return part;
    }

    /** Has what controllers ask for served. For constructors. */
    protected final void serve(Object bean) {
        beans.add(bean);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Object> beans() {
        return List.copyOf(beans);
    }

    @Override
    public final void start() {
        parts.forEach(ServicePart::start);
    }

    @Override
    public final boolean isReady() {
        return parts.stream().allMatch(ServicePart::isReady);
    }

    @Override
    public final boolean isAlive() {
        return parts.stream().allMatch(ServicePart::isAlive);
    }

    @Override
    public final String status() {
        return parts.stream()
                .map(ServicePart::status)
                .filter(status -> !status.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** Closes each part, also when one of them fails: the first failure is thrown at the end, with the others in it. */
    @Override
    public final void close() {
        RuntimeException first = null;
        for (ServicePart part : parts.reversed()) {
            try {
                part.close();
            } catch (RuntimeException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
