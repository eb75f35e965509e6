package dev.orderflow.order.rehearsal;

/**
 * One value in a record.
 *
 * @param text how it is written
 * @param word whether it is one of a few, such as a reason or a yes: orders that differ in it by other words differ in
 *     another way, while orders that differ by other numbers and texts may differ in the same way
 */
public record Value(String text, boolean word) {}
