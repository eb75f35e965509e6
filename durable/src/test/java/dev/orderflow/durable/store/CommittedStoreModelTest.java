package dev.orderflow.durable.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is done, and wherever it is killed: what is read is what was written, and the disk has what was committed. */
class CommittedStoreModelTest {

    private sealed interface Step {
        record Put(String key, String value) implements Step {}

        record Delete(String key) implements Step {}

        record Look(String from, String to) implements Step {}

        record Commit() implements Step {}

        record Abort() implements Step {}

        record Kill() implements Step {}

        record Reopen() implements Step {}

        /** What it has is restored once more from the last records, as after a kill between commit and write. */
        record Restore() implements Step {}
    }

    @Property(tries = 150)
    void shouldHaveOnDiskWhatWasCommittedAndTheOffsetOfIt(@ForAll("steps") List<Step> steps) {
        TreeMap<String, String> committed = new TreeMap<>();
        TreeMap<String, String> current = new TreeMap<>();
        long committedOffset = Standing.UNKNOWN;
        long lastOffset = -1;
        long lastBefore = -1;
        try (StoreOnDisk disk = new StoreOnDisk(true)) {
            for (Step step : steps) {
                switch (step) {
                    case Step.Put(String key, String value) -> {
                        disk.put(key, value);
                        current.put(key, value);
                        lastOffset++;
                    }
                    case Step.Delete(String key) -> {
                        String before = current.remove(key);
                        byte[] told = disk.store().delete(StoreOnDisk.bytes(key));
                        assertThat(told == null ? null : new String(told, UTF_8))
                                .isEqualTo(before);
                        lastOffset++;
                    }
                    case Step.Look(String from, String to) ->
                        assertThat(entries(disk.rows(from, to)))
                                .isEqualTo(
                                        from.compareTo(to) > 0
                                                ? List.of()
                                                : entries(current.subMap(from, true, to, true)));
                    case Step.Commit() -> {
                        if (lastOffset == lastBefore) {
                            disk.committedElsewhere();
                        } else {
                            disk.committed(lastOffset);
                            committedOffset = lastOffset;
                        }
                        committed = new TreeMap<>(current);
                        lastBefore = ++lastOffset;
                    }
                    case Step.Abort() -> {
                        disk.store().aborted();
                        current = new TreeMap<>(committed);
                        lastBefore = ++lastOffset;
                    }
                    case Step.Kill() -> {
                        disk.kill();
                        current = new TreeMap<>(committed);
                        lastBefore = lastOffset;
                    }
                    case Step.Reopen() -> {
                        disk.reopen();
                        current = new TreeMap<>(committed);
                        lastBefore = lastOffset;
                    }
                    case Step.Restore() -> {
                        if (lastOffset == lastBefore) {
                            disk.restore(committed);
                        }
                    }
                }
                assertThat(entries(disk.rows())).isEqualTo(entries(current));
                assertThat(disk.offset()).isEqualTo(committedOffset);
            }
        }
    }

    private static List<Map.Entry<String, String>> entries(Map<String, String> rows) {
        return new ArrayList<>(new LinkedHashMap<>(rows).entrySet());
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> keys = Arbitraries.of("", "a", "aa", "ab", "b", "m", "r", "z", "\u007f");
        Arbitrary<String> values = Arbitraries.strings().alpha().ofMaxLength(3);
        return Arbitraries.<Step>frequencyOf(
                        Tuple.of(8, Combinators.combine(keys, values).as(Step.Put::new)),
                        Tuple.of(4, keys.map(Step.Delete::new)),
                        Tuple.of(3, Combinators.combine(keys, keys).as(Step.Look::new)),
                        Tuple.of(3, Arbitraries.just(new Step.Commit())),
                        Tuple.of(1, Arbitraries.just(new Step.Abort())),
                        Tuple.of(1, Arbitraries.just(new Step.Kill())),
                        Tuple.of(1, Arbitraries.just(new Step.Reopen())),
                        Tuple.of(1, Arbitraries.just(new Step.Restore())))
                .list()
                .ofMaxSize(60);
    }
}
