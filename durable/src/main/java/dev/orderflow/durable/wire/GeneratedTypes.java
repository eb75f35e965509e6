package dev.orderflow.durable.wire;

import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificFixed;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro make objects of generated types, and of nothing else that a schema may name: by default Avro trusts only a
 * few classes of the JDK, and a schema from the registry decides by its name which class is made.
 */
final class GeneratedTypes {

    private GeneratedTypes() {}

    /** Adds to what is trusted in this process; does nothing when it was added before. */
    static synchronized void trust() {
        if (!ClassSecurityValidator.getGlobal().isTrusted(Probe.class)) {
            ClassSecurityValidator.setGlobal(
                    ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), GeneratedTypes::isGenerated));
        }
    }

    private static boolean isGenerated(Class<?> type) {
        return SpecificRecord.class.isAssignableFrom(type)
                || SpecificFixed.class.isAssignableFrom(type)
                || GenericEnumSymbol.class.isAssignableFrom(type);
    }

    /** A generated type by its kind, to see whether such types are trusted already. */
    private abstract static class Probe implements SpecificRecord {}
}
