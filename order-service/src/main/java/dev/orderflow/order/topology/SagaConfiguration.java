package dev.orderflow.order.topology;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.durable.settings.Settings;
import dev.orderflow.order.saga.SagaSettings;
import dev.orderflow.schemas.Topics;

/** Reads the saga's settings. */
public final class SagaConfiguration {

    private SagaConfiguration() {}

    /**
     * The saga's settings, with the usual values where nothing is set.
     *
     * @throws TerminalException when a value cannot be used; it names the setting
     */
    public static SagaSettings from(Settings settings) {
        SagaSettings usual = SagaSettings.DEFAULTS;
        SagaSettings read;
        try {
            read = new SagaSettings(
                    settings.duration("reserve.deadline", usual.reserveDeadline()),
                    settings.duration("payment.deadline", usual.paymentDeadline()),
                    settings.duration("payment.pending", usual.pendingWindow()),
                    settings.duration("dispatch.duration", usual.dispatchDuration()),
                    settings.duration("dedup.window", usual.dedupWindow()),
                    settings.duration("undo.repeat", usual.undoRepeat()),
                    Math.toIntExact(settings.number("order.tax-basis-points", usual.taxBasisPoints(), 0, 10_000)),
                    settings.text("order.currency", usual.currency()),
                    settings.text("order.location", usual.stockLocation()));
        } catch (IllegalArgumentException refused) {
            throw new TerminalException("Setting " + refused.getMessage() + ".", refused);
        }
        if (read.dedupWindow().compareTo(Topics.INPUT_RETENTION) < 0) {
            throw new TerminalException("Setting dedup.window=" + settings.text("dedup.window", "")
                    + " cannot be used: order.placed keeps its records for "
                    + Topics.INPUT_RETENTION.toDays()
                    + "d, and an order must be remembered for at least as long.");
        }
        return read;
    }
}
