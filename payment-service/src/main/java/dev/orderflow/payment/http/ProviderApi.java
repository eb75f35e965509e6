package dev.orderflow.payment.http;

import dev.orderflow.durable.effect.Effect;
import dev.orderflow.payment.control.PauseSwitch;
import java.util.List;
import java.util.function.IntFunction;

/** What the provider's controller works with. Safe for use by several threads. */
public final class ProviderApi {

    final PauseSwitch pause;
    final int callsAtOnce;
    final int rate;
    final IntFunction<List<Effect>> calls;

    /**
     * @param callsAtOnce the most calls at once, of all instances together
     * @param rate the most calls a second, of all instances together; 0 for no limit
     * @param calls the calls of this instance that are not over, at most so many
     */
    public ProviderApi(PauseSwitch pause, int callsAtOnce, int rate, IntFunction<List<Effect>> calls) {
        this.pause = pause;
        this.callsAtOnce = callsAtOnce;
        this.rate = rate;
        this.calls = calls;
    }
}
