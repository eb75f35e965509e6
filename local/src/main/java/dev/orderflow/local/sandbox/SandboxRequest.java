package dev.orderflow.local.sandbox;

import java.util.Map;

/** One request. */
final class SandboxRequest {

    private final String method;
    private final String path;
    private final Map<String, String> query;
    private final String key;
    private final String host;
    private final byte[] body;

    /**
     * @param path without the query, decoded
     * @param query the parameters of the query
     * @param key the {@code Idempotency-Key}; empty for none
     * @param host the address by which the caller knows the provider; empty where it does not say
     */
    SandboxRequest(String method, String path, Map<String, String> query, String key, String host, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = Map.copyOf(query);
        this.key = key;
        this.host = host;
        this.body = body;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Map<String, String> query() {
        return query;
    }

    String key() {
        return key;
    }

    String host() {
        return host;
    }

    byte[] body() {
        return body;
    }
}
