package dev.orderflow.durable.runtime;

import dev.orderflow.durable.effect.EffectBrake;
import dev.orderflow.durable.effect.EffectCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a service is made of: input topics that are partitioned alike, output topics, stores, and a handler for each
 * partition. Immutable.
 *
 * @param <H> the handler
 */
public final class TaskDefinition<H extends TaskHandler> {

    /** Less than an order needs between two visits, so that it never waits; under load it makes batches. */
    private static final Duration PROMPT_SPACING = Duration.ofMillis(4);

    private static final Duration RELAXED_SPACING = Duration.ofMillis(100);

    /** A few megabytes. */
    private static final int RELAXED_EFFECTS_IN_MEMORY = 20_000;

    private final Builder<H> parts;

    private TaskDefinition(Builder<H> parts) {
        this.parts = parts;
    }

    /**
     * Begins a definition.
     *
     * @param service its name: of the application, the processor, and in front of {@code .dead-letters} and
     *     {@code .redrives}
     * @param handler makes the handler of one partition, when its stores have been restored
     */
    public static <H extends TaskHandler> Builder<H> named(String service, Function<Task, H> handler) {
        return new Builder<>(service, handler);
    }

    /** The name of the service. */
    public String service() {
        return parts.service;
    }

    /** Where records go that cannot be handled. */
    public String deadLetterTopic() {
        return deadLetterTopicOf(parts.service);
    }

    /** Where records go that a service cannot handle. */
    public static String deadLetterTopicOf(String service) {
        return service + ".dead-letters";
    }

    /** Where dead letters of it are read again, by it alone. */
    public String redriveTopic() {
        return redriveTopicOf(parts.service);
    }

    /** Where dead letters of a service are read again, by it alone. */
    public static String redriveTopicOf(String service) {
        return service + ".redrives";
    }

    /** All topics that it reads. */
    List<String> readTopics() {
        List<String> read = new ArrayList<>(parts.inputs.keySet());
        read.add(redriveTopic());
        return read;
    }

    /** The input topics, in the order of their definition. */
    public List<String> inputTopics() {
        return List.copyOf(parts.inputs.keySet());
    }

    /** Those of its inputs that services alone write to. */
    Set<String> inputsOfServices() {
        return parts.inputs.values().stream()
                .filter(Input::ofServices)
                .map(Input::topic)
                .collect(Collectors.toSet());
    }

    /** The output topics, in the order of their definition. */
    public List<String> outputTopics() {
        return List.copyOf(parts.outputs.keySet());
    }

    /** All topics that it writes to in the ordinary course of things: its outputs, and the changelogs of its stores. */
    List<String> writtenTopics(String applicationId) {
        Set<String> kept = new LinkedHashSet<>(stores().keySet());
        if (hasTimers()) {
            kept.add(TaskTopology.TIMERS);
        }
        if (effectCall().isPresent()) {
            kept.add(TaskTopology.EFFECTS);
        }
        List<String> written = new ArrayList<>(outputTopics());
        kept.forEach(store -> written.add(TaskTopology.changelogOf(applicationId, store)));
        return written;
    }

    /** What each output topic carries. */
    Map<String, Class<? extends SpecificRecord>> outputs() {
        return parts.outputs;
    }

    Map<String, Class<? extends SpecificRecord>> stores() {
        return parts.stores;
    }

    /** What it does with the records of a topic; empty where that is none of its inputs. */
    Optional<Input<H, ?>> input(String topic) {
        return Optional.ofNullable(parts.inputs.get(topic));
    }

    H handlerFor(Task task) {
        return parts.handler.apply(task);
    }

    boolean hasTimers() {
        return parts.timers;
    }

    /** How far apart commits are at least while there is more to do. */
    Duration commitSpacing() {
        return parts.relaxed ? RELAXED_SPACING : PROMPT_SPACING;
    }

    /**
     * How many effects of a task wait in memory; others are in their store only. Whoever waits for one is told what holds it up,
     * for which all of them have to be there.
     */
    int effectsInMemory() {
        return parts.relaxed ? RELAXED_EFFECTS_IN_MEMORY : Integer.MAX_VALUE;
    }

    /** Whether its messages may wait for company before they are fetched: no order waits for it. */
    public boolean isRelaxed() {
        return parts.relaxed;
    }

    Optional<EffectCall> effectCall() {
        return Optional.ofNullable(parts.effects);
    }

    EffectBrake effectBrake() {
        return parts.brake;
    }

    /** Collects the parts of a definition. */
    public static final class Builder<H extends TaskHandler> {

        private final String service;
        private final Function<Task, H> handler;
        private final Map<String, Input<H, ?>> inputs = new LinkedHashMap<>();
        private final Map<String, Class<? extends SpecificRecord>> outputs = new LinkedHashMap<>();
        private final Map<String, Class<? extends SpecificRecord>> stores = new LinkedHashMap<>();
        private @Nullable EffectCall effects;
        private EffectBrake brake = EffectBrake.NONE;
        private boolean timers;
        private boolean relaxed;

        private Builder(String service, Function<Task, H> handler) {
            this.service = service;
            this.handler = handler;
        }

        /**
         * Reads a topic.
         *
         * @param key the id inside the value by which the topic is partitioned: a record in another partition than this
         *     id's is sent again to the right one
         * @param receiver may throw a {@link dev.orderflow.durable.PoisonException} before it has written anything
         */
        public <T extends SpecificRecord> Builder<H> input(
                String topic, Class<T> type, Function<T, String> key, BiConsumer<H, Message<T>> receiver) {
            inputs.put(topic, new Input<>(topic, type, key, receiver, false));
            return this;
        }

        /**
         * Reads a topic that services alone write to. Where one of them shares its transactions with this one, its records are
         * handed over when they are written, and not handled again when they are read; others believe what a record says of
         * that.
         *
         * @see #input
         */
        public <T extends SpecificRecord> Builder<H> inputOfServices(
                String topic, Class<T> type, Function<T, String> key, BiConsumer<H, Message<T>> receiver) {
            inputs.put(topic, new Input<>(topic, type, key, receiver, true));
            return this;
        }

        /** Allows a topic to be written with records of one type. */
        public Builder<H> output(String topic, Class<? extends SpecificRecord> type) {
            outputs.put(topic, type);
            return this;
        }

        /** Adds a persistent store from text to records of one type, with a changelog. */
        public Builder<H> store(String name, Class<? extends SpecificRecord> type) {
            stores.put(name, type);
            return this;
        }

        /** Adds timers. */
        public Builder<H> timers() {
            timers = true;
            return this;
        }

        /** Adds effects, as many at once as there are. */
        public Builder<H> effects(EffectCall call) {
            return effects(call, EffectBrake.NONE);
        }

        /**
         * Adds effects.
         *
         * @param brake how many tries may begin and run, of all partitions together: the time of a try does not begin
         *     before its turn
         */
        public Builder<H> effects(EffectCall call, EffectBrake brake) {
            this.effects = call;
            this.brake = brake;
            return this;
        }

        /**
         * Lets messages wait up to a second and commits at most ten times a second: for work after the
         * order that nobody waits for, and that must not take processor time from the order path. Of its effects
         * 20,000 wait in memory; of those beyond, {@link TaskHandler#onHeld} is not told.
         */
        public Builder<H> relaxed() {
            relaxed = true;
            return this;
        }

        public TaskDefinition<H> build() {
            if (inputs.isEmpty()) {
                throw new IllegalStateException(service + " has no input");
            }
            return new TaskDefinition<>(this);
        }
    }
}
