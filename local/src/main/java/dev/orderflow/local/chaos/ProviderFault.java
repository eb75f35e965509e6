package dev.orderflow.local.chaos;

/** How the payment provider misbehaves in a round. */
enum ProviderFault {
    NONE("-", "{}"),
    /** Charged at once, answered after the time-out of a try. */
    TIME_OUT("time-out", "{\"latencyMs\":3000}"),
    OUTAGE("outage", "{\"outage\":true}"),
    /** Charged, and the connection is cut without an answer. */
    DROPPED_ANSWERS("dropped answers", "{\"dropRate\":0.3}"),
    DECLINES("declines", "{\"declineRate\":0.2}"),
    /** Every charge and refund is told of later, half of them twice, and they overtake one another. */
    LATE_WEBHOOKS(
            "late webhooks",
            "{\"webhooks\":\"all\",\"webhookDelayMs\":1500,\"webhookDisorderMs\":3000,\"webhookDoubleRate\":0.5}"),
    /** The answer of the call comes after its notification, or not at all. */
    EARLY_WEBHOOKS(
            "early webhooks", "{\"webhooks\":\"all\",\"latencyMs\":1500,\"dropRate\":0.3,\"webhookDoubleRate\":0.5}");

    /** Back to a provider that works. */
    static final String RESET = "{\"reset\":true}";

    private final String text;
    private final String config;

    ProviderFault(String text, String config) {
        this.text = text;
        this.config = config;
    }

    String text() {
        return text;
    }

    /** What the sandbox provider is told. */
    String config() {
        return config;
    }
}
