package dev.orderflow.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Says what in today's contract breaks a promise made to a released version. */
final class CompatibilityGate {

    /**
     * One broken promise.
     *
     * @param path where in the schema, as a JSON pointer
     * @param problem who cannot read what any more
     * @param remedy what to do about it
     */
    record Breach(String subject, String version, String path, String problem, String remedy) {
        @Override
        public String toString() {
            return "%s is not compatible with release %s at %s: %s. Remedy: %s."
                    .formatted(subject, version, path, problem, remedy);
        }
    }

    private static final String OLD_READER = "old code cannot read what today's code writes";
    private static final String NEW_READER = "today's code cannot read what old code wrote";

    private CompatibilityGate() {}

    /** Every breach of the contract's rule against every released version; empty when all is well. */
    static List<Breach> check(Contract contract, Map<String, Schema> released) {
        List<Breach> breaches = new ArrayList<>();
        released.forEach((version, old) -> {
            Schema today = contract.schema();
            breaches.addAll(read(contract.subject(), version, today, old, NEW_READER));
            switch (contract.rule()) {
                case FULL_TRANSITIVE -> breaches.addAll(read(contract.subject(), version, old, today, OLD_READER));
                case BACKWARD_TRANSITIVE -> {}
            }
            LogicalTypeChanges.between(old, today)
                    .forEach((path, change) -> breaches.add(new Breach(
                            contract.subject(),
                            version,
                            path,
                            "the logical type went from " + change + ", so the same number means something else",
                            "keep the logical type; add a field with a default for the new meaning")));
        });
        return breaches;
    }

    private static List<Breach> read(String subject, String version, Schema reader, Schema writer, String who) {
        boolean oldReads = who.equals(OLD_READER);
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(found -> new Breach(
                        subject,
                        version,
                        found.getLocation(),
                        who + " (" + found.getType() + ": " + found.getMessage() + ")",
                        remedy(found, oldReads)))
                .toList();
    }

    private static String remedy(Incompatibility found, boolean oldReads) {
        return switch (found.getType()) {
            case READER_FIELD_MISSING_DEFAULT_VALUE ->
                oldReads
                        ? "put the removed field back; only a field that had a default may go"
                        : "give the new field a default";
            case MISSING_ENUM_SYMBOLS ->
                oldReads
                        ? "the released enum has no default, so its symbols are final: add a field instead"
                        : "put the removed symbol back, or give the enum a default";
            case MISSING_UNION_BRANCH ->
                oldReads
                        ? "a union of a public contract is final: add a field with a default instead"
                        : "put the removed branch of the union back";
            case TYPE_MISMATCH -> "keep the type; add a field of the new type with a default";
            case NAME_MISMATCH -> "keep the full name of the type, or list the old one among its aliases";
            case FIXED_SIZE_MISMATCH -> "keep the size; add a field with a default for the new one";
        };
    }
}
