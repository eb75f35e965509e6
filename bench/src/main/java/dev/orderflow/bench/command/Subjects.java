package dev.orderflow.bench.command;

import dev.orderflow.bench.run.Provider;
import dev.orderflow.bench.run.Subject;
import dev.orderflow.local.client.CommandException;
import dev.orderflow.local.stack.ServiceCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is measured. */
public final class Subjects implements AutoCloseable {

    private static final String OURS = "orderflow";
    private static final String FLOOR = "floor";

    @Option(
            names = "--peers",
            paramLabel = "DIR",
            description = "Also runs the engines of this harness, alternating, and prints ratios.")
    private @Nullable Path peerDirectory;

    @Option(names = "--engines", paramLabel = "LIST", description = "Which of them (default: ${DEFAULT-VALUE}).")
    private String engines = "restate,restate-p4,restate-native-p4,dbos,dbos-native,none";

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "Also runs the Orderflow in this directory, such as a worktree of the previous release.")
    private @Nullable Path against;

    @Option(names = "--durable", description = "Also runs with every append flushed to disk before it is answered.")
    private boolean durable;

    @Option(
            names = "--scale",
            paramLabel = "LIST",
            split = ",",
            description = "Also runs with so many partitions and threads, such as 4.")
    private List<Integer> scales = new ArrayList<>();

    @Option(
            names = "--without",
            paramLabel = "LIST",
            description = "Also runs without these services, such as those that the peers' flow does not have:"
                    + " notification,loyalty.")
    private @Nullable String without;

    @Option(names = "--separate", description = "Each service is a process of its own.")
    private boolean separate;

    @Option(
            names = "--payment",
            paramLabel = "URL",
            description = "Charges at a provider outside (default: the one of --peers, else the sandbox).")
    private @Nullable String payment;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the stack; may be given more than once.")
    private List<String> settings = new ArrayList<>();

    private @Nullable Provider provider;

    /** Every stack that is measured. */
    List<Subject.Stack> stacks(Path out) {
        Path home = Home.directory();
        List<String> arguments = arguments(out);
        List<Subject.Stack> stacks = new ArrayList<>();
        stacks.add(new Subject.Stack(OURS, home, true, arguments, false));
        if (durable) {
            stacks.add(new Subject.Stack(OURS + "-durable", home, true, Subject.durably(arguments), true));
        }
        if (without != null) {
            requireOrderPath(without);
            stacks.add(new Subject.Stack(OURS + "-without", home, true, Subject.without(without, arguments), false));
        }
        for (int scale : scales) {
            List<String> scaled = new ArrayList<>(arguments);
            scaled.addAll(List.of("--set", "topics.partitions=" + scale, "--set", "kafka.threads=" + scale));
            stacks.add(new Subject.Stack(OURS + "-p" + scale, home, true, scaled, false));
        }
        if (against != null) {
            if (!Files.isExecutable(against.resolve("orderflow"))) {
                throw new CommandException("There is no orderflow in " + against + ": name a checkout of Orderflow.");
            }
            stacks.add(new Subject.Stack("previous", against.toAbsolutePath(), false, arguments, false));
        }
        return stacks;
    }

    private static void requireOrderPath(String without) {
        Set<ServiceCatalogue> left = ServiceCatalogue.allBut(List.of(without.split(",", -1)));
        if (!left.containsAll(EnumSet.of(ServiceCatalogue.INVENTORY, ServiceCatalogue.PAYMENT))) {
            throw new CommandException("--without " + without
                    + " leaves out what every order needs: name any of notification, loyalty and analytics.");
        }
    }

    /** Every engine of the harness that is measured. */
    List<Subject.Peer> peers() {
        Path directory = peerDirectory;
        return directory == null
                ? List.of()
                : Arrays.stream(engines.split(",", -1))
                        .filter(engine -> !engine.isBlank())
                        .map(engine -> new Subject.Peer(engine.strip(), directory.toAbsolutePath()))
                        .toList();
    }

    List<Subject.Floor> floors() {
        List<Subject.Floor> floors = new ArrayList<>();
        floors.add(new Subject.Floor(FLOOR, false));
        if (durable) {
            floors.add(new Subject.Floor(FLOOR + "-durable", true));
        }
        return floors;
    }

    @Override
    public void close() {
        if (provider != null) {
            provider.close();
        }
    }

    private List<String> arguments(Path out) {
        List<String> arguments = new ArrayList<>();
        // All that follows from an order is done in the cell that it belongs to.
        arguments.addAll(List.of("--set", "dispatch.duration=0s", "--set", "demo.stock=false"));
        if (separate) {
            arguments.add("--separate");
        }
        String url = payment;
        if (url == null && peerDirectory != null) {
            if (!Files.isExecutable(peerDirectory.resolve("run.sh"))) {
                throw new CommandException("There is no run.sh in " + peerDirectory + ": name the peers' harness.");
            }
            provider = Provider.ofPeers(peerDirectory.toAbsolutePath(), out.resolve("provider.log"));
            url = provider.url();
        }
        if (url != null) {
            arguments.addAll(List.of("--set", "payment.provider=plain", "--set", "payment.url=" + url));
        }
        settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments;
    }
}
