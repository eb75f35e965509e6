package dev.orderflow.local.sandbox;

/** Hashes of keys. */
final class Hash {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hash() {}

    /** 64 well mixed bits: FNV-1a with the finalizer of MurmurHash3. */
    static long of(String text) {
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** From 0 up to but without 1: the same text always gets the same share. */
    static double share(String text) {
        return (of(text) >>> 11) * 0x1.0p-53;
    }
}
