package dev.orderflow.durable.service;

import java.util.Set;

/**
 * What pages of other sites may ask a service to do, by its paths: all else that changes something is refused when a browser
 * says that it comes from elsewhere.
 */
public record OpenToOtherSites(Set<String> paths) {

    public OpenToOtherSites {
        paths = Set.copyOf(paths);
    }
}
