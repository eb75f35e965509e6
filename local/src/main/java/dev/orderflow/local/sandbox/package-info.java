/** A payment provider of our own, for demos and tests: it keeps its ledger on disk and fails as it is told. */
@NullMarked
package dev.orderflow.local.sandbox;

import org.jspecify.annotations.NullMarked;
