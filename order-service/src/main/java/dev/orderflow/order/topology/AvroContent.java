package dev.orderflow.order.topology;

import dev.orderflow.order.rehearsal.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** A record as values by path, such as {@code totals.tax}, to be compared. */
final class AvroContent {

    /** The only time in what the saga writes that it does not take from its clock. */
    private static final Set<String> GIVEN_TIMES = Set.of("placedAt");

    private final SequencedMap<String, Value> values = new LinkedHashMap<>();

    private AvroContent() {}

    /** The values that are there, without the times that the saga took from its clock. */
    static SequencedMap<String, Value> of(IndexedRecord record) {
        AvroContent content = new AvroContent();
        content.fields("", record);
        return content.values;
    }

    private void fields(String prefix, IndexedRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            if (GIVEN_TIMES.contains(field.name()) || !isTime(field.schema())) {
                value(prefix + field.name(), record.get(field.pos()));
            }
        }
    }

    private void value(String path, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case IndexedRecord record -> fields(path + ".", record);
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    value(path + "[" + i + "]", list.get(i));
                }
            }
            case Enum<?> word -> values.put(path, new Value(word.name(), true));
            case Boolean yes -> values.put(path, new Value(yes.toString(), true));
            case Object other -> values.put(path, new Value(other.toString(), false));
        }
    }

    private static boolean isTime(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream().anyMatch(AvroContent::isTime)
                : schema.getLogicalType() != null
                        && schema.getLogicalType().getName().startsWith("timestamp");
    }
}
