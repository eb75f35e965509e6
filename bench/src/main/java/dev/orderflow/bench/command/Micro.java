package dev.orderflow.bench.command;

import dev.orderflow.local.client.CommandException;
import java.nio.file.Path;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the JMH benchmarks of the functions on the hot path. */
final class Micro {

    private Micro() {}

    /**
     * Runs those whose name fits.
     *
     * @param pattern a regular expression
     * @param out gets {@code micro.json}
     * @param quick one short iteration of each, to see that they run
     */
    static void run(String pattern, Path out, boolean quick) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(pattern)
                .resultFormat(ResultFormatType.JSON)
                .result(out.resolve("micro.json").toString());
        options.jvmArgsAppend("--sun-misc-unsafe-memory-access=allow");
        if (quick) {
            options.warmupIterations(1).measurementIterations(1);
        }
        try {
            if (new Runner(options.build()).run().isEmpty()) {
                throw new CommandException("No benchmark has a name like '" + pattern + "'.");
            }
        } catch (RunnerException failure) {
            throw new CommandException("JMH could not run: " + failure.getMessage());
        }
    }
}
