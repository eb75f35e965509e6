/** Questions that can be asked over HTTP: SQL files with typed parameters. */
@NullMarked
package dev.orderflow.analytics.pipes;

import org.jspecify.annotations.NullMarked;
