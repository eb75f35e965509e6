package dev.orderflow.local.stack;

import dev.orderflow.durable.settings.Settings;
import java.nio.file.Path;

/**
 * What to start, and where.
 *
 * @param data the directory of everything that is kept
 * @param port of the HTTP API; 0 for free ports throughout
 * @param separate whether each service is a process of its own
 * @param demo whether parts can be crashed over HTTP
 * @param settings what was set, by hand or in the environment
 * @param assigned what was set by hand: each must be known to somebody
 */
public record StackOptions(Path data, int port, boolean separate, boolean demo, Settings settings, Settings assigned) {}
