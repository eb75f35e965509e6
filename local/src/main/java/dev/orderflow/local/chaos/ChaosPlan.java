package dev.orderflow.local.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What happens when. The same seed gives the same plan; every process fault meets every provider fault once before any
 * pair comes again.
 */
final class ChaosPlan {

    /** Between these shares of a round its process faults happen; the provider begins to misbehave before, and ends after. */
    private static final double EARLIEST = 0.2;

    private static final double LATEST = 0.8;

    /** Longer than the session of a service in the stack under chaos. */
    private static final int STALL_SECONDS = 9;

    /** Longer than every deadline of an order in the stack under chaos. */
    private static final int SAGA_DOWN_SECONDS = 14;

    /** About the deadline of a payment there: some orders wait it out, and some cannot. */
    private static final int PAUSE_SECONDS = 11;

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
            new ProcessFault.Stall("order", SAGA_DOWN_SECONDS),
            new ProcessFault.Pause(PAUSE_SECONDS));

    /** After so many rounds every process fault has met every provider fault. */
    static final int PAIRS = PROCESS_FAULTS.size() * ProviderFault.values().length;

    private ChaosPlan() {}

    /**
     * One round.
     *
     * @param at when the process faults happen, as shares of the time in which orders are placed; always while the provider
     *     misbehaves
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

        /** As a line for people. */
        String text() {
            String times = at.stream().map("%.3f"::formatted).collect(Collectors.joining(", "));
            return "%3d  %-24s %-24s %-16s %.3f - %.3f"
                    .formatted(number, process.text(), times, provider.text(), providerFrom, providerUntil);
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
                        random.nextDouble(0.0, EARLIEST),
                        random.nextDouble(LATEST, 1.0)));
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
                    case ProcessFault.KillAll _, ProcessFault.Stall _, ProcessFault.Pause _ -> 1;
                };
        return random.doubles(count, EARLIEST, LATEST).sorted().boxed().toList();
    }
}
