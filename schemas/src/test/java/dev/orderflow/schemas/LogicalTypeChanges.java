package dev.orderflow.schemas;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * Finds logical types that differ between two versions. Avro's own check looks at the bytes only: to it, milliseconds
 * that became microseconds are the same long.
 */
final class LogicalTypeChanges {

    private final Map<String, String> changes = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();

    private LogicalTypeChanges() {}

    /** What changed, by the path of the field. Fields that only one version has are none of its business. */
    static Map<String, String> between(Schema old, Schema today) {
        LogicalTypeChanges found = new LogicalTypeChanges();
        found.compare("", old, today);
        return found.changes;
    }

    private void compare(String path, Schema old, Schema today) {
        if (old.getType() != today.getType()) {
            return;
        }
        switch (old.getType()) {
            case RECORD -> compareFields(path, old, today);
            case ARRAY -> compare(path + "/items", old.getElementType(), today.getElementType());
            case MAP -> compare(path + "/values", old.getValueType(), today.getValueType());
            case UNION -> compareBranches(path, old, today);
            default -> compareLogicalTypes(path, old, today);
        }
    }

    private void compareFields(String path, Schema old, Schema today) {
        if (!seen.add(old.getFullName())) {
            return;
        }
        for (Schema.Field field : today.getFields()) {
            Schema.Field before = old.getField(field.name());
            if (before != null) {
                compare(path + "/" + field.name(), before.schema(), field.schema());
            }
        }
    }

    private void compareBranches(String path, Schema old, Schema today) {
        for (Schema branch : today.getTypes()) {
            Integer before = old.getIndexNamed(branch.getFullName());
            if (before != null) {
                compare(path, old.getTypes().get(before), branch);
            }
        }
    }

    private void compareLogicalTypes(String path, Schema old, Schema today) {
        String before = name(old);
        String now = name(today);
        if (!before.equals(now)) {
            changes.put(path, before + " to " + now);
        }
    }

    private static String name(Schema schema) {
        String name = schema.getProp("logicalType");
        return name == null ? "none" : name;
    }
}
