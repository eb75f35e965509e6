package dev.orderflow.payment.book;

import java.time.Duration;

/**
 * How long the audit waits.
 *
 * @param quiet an order is settled when nothing was read of it for so long
 * @param grace an order differs when both sides were read so long after its last change, and still disagree
 * @param late an order in flight for longer than this is told apart; adjustments that inventory has not taken for longer
 *     than this are told
 * @param ask pause between two questions to the provider about the same charge
 */
public record Patience(Duration quiet, Duration grace, Duration late, Duration ask) {}
