package dev.orderflow.analytics.batch;

/**
 * How often a step of one order ended in one way.
 *
 * @param step such as {@code charge}
 * @param reason why it failed; empty where it succeeded
 * @param count 1 or more
 */
public record StepTally(String step, String reason, int count) {

    public StepTally {
        if (count < 1) {
            throw new IllegalArgumentException("step " + step + " counts " + count);
        }
    }
}
