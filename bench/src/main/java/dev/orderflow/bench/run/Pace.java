package dev.orderflow.bench.run;

import java.time.Duration;

/**
 * How long everything takes.
 *
 * @param cell how long orders are sent in a cell
 * @param warmUp how long orders are sent before the first cell
 * @param settle how long at most is waited after a cell until the stack has nothing left to do
 */
public record Pace(Duration cell, Duration warmUp, Duration settle) {}
