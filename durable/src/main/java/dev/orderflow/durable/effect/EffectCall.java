package dev.orderflow.durable.effect;

/**
 * Carries an effect out. Called on a virtual thread, by several at once; it may block, and is interrupted when the
 * policy's time for one try is over.
 */
@FunctionalInterface
public interface EffectCall {

    /**
     * One try.
     *
     * @return the result, handed to the task as {@link EffectOutcome.Succeeded}
     * @throws dev.orderflow.durable.TerminalException when trying again cannot help: {@link EffectOutcome.Refused}
     * @throws Exception anything else is tried again by the policy; a
     *     {@link dev.orderflow.durable.RetriableException} may say not before when
     */
    Object run(Effect effect) throws Exception;
}
