package dev.orderflow.local.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What happens when. The same seed gives the same plan; every process fault meets every provider fault once before any
 * pair comes again.
 */
final class ChaosPlan {

    /** Longer than the session of a service in the stack under chaos. */
    private static final int STALL_SECONDS = 9;

    /** Longer than every deadline of an order in the stack under chaos. */
    private static final int SAGA_DOWN_SECONDS = 14;

    private static final List<ProcessFault> PROCESS_FAULTS = List.of(
            new ProcessFault.None(),
            new ProcessFault.Kill("order"),
            new ProcessFault.Kill("inventory"),
            new ProcessFault.Kill("payment"),
            new ProcessFault.Kill("notification"),
            new ProcessFault.Kill("loyalty"),
            new ProcessFault.Kill("analytics"),
            new ProcessFault.Kill("broker"),
            new ProcessFault.Kill("registry"),
            new ProcessFault.Kill("clickhouse"),
            new ProcessFault.KillAll(),
            new ProcessFault.Stall("payment", STALL_SECONDS),
            new ProcessFault.Stall("inventory", STALL_SECONDS),
            new ProcessFault.Stall("order", SAGA_DOWN_SECONDS));

    private ChaosPlan() {}

    /**
     * One round.
     *
     * @param at when the process faults happen, as shares of the time in which orders are placed
     * @param providerFrom when the provider begins to misbehave, likewise
     * @param providerUntil when it ends
     */
    record Round(
            int number,
            ProcessFault process,
            ProviderFault provider,
            List<Double> at,
            double providerFrom,
            double providerUntil) {

        Round {
            at = List.copyOf(at);
        }
    }

    /** The rounds by a seed. */
    static List<Round> of(long seed, int rounds) {
        Random random = new Random(seed);
        List<Round> plan = new ArrayList<>();
        List<Round> pairs = new ArrayList<>();
        while (plan.size() < rounds) {
            if (pairs.isEmpty()) {
                pairs.addAll(pairs(random));
            }
            Round next = pairs.removeLast();
            plan.add(new Round(
                    plan.size() + 1,
                    next.process(),
                    next.provider(),
                    next.at(),
                    next.providerFrom(),
                    next.providerUntil()));
        }
        return plan;
    }

    private static List<Round> pairs(Random random) {
        List<Round> pairs = new ArrayList<>();
        for (ProcessFault process : PROCESS_FAULTS) {
            for (ProviderFault provider : ProviderFault.values()) {
                pairs.add(new Round(
                        0,
                        process,
                        provider,
                        times(process, random),
                        random.nextDouble(0.0, 0.3),
                        random.nextDouble(0.6, 1.0)));
            }
        }
        Collections.shuffle(pairs, random);
        return pairs;
    }

    /** A part that is back soon is killed several times, so that orders are met at every step. */
    private static List<Double> times(ProcessFault process, RandomGenerator random) {
        int count =
                switch (process) {
                    case ProcessFault.None _ -> 0;
                    case ProcessFault.Kill _ -> random.nextInt(1, 4);
                    case ProcessFault.KillAll _, ProcessFault.Stall _ -> 1;
                };
        return random.doubles(count, 0.1, 0.9).sorted().boxed().toList();
    }
}
