/** Inventory over HTTP: adjustments in, stock out. */
@NullMarked
package dev.orderflow.inventory.http;

import org.jspecify.annotations.NullMarked;
