package dev.orderflow.local.sandbox;

import java.util.function.LongPredicate;

/**
 * A map from 64-bit hashes to numbers of 0 or more in two arrays: 16 bytes for an entry at most full, so that a ledger of
 * millions costs tens of megabytes. Hashes may collide; the caller tells entries apart. Not for use by several threads.
 */
final class LongIndex {

    private static final int FIRST_CAPACITY = 1 << 10;

    private long[] hashes = new long[FIRST_CAPACITY];
    /** The number and one more, so that an empty place is 0. */
    private long[] numbers = new long[FIRST_CAPACITY];

    private int size;

    int size() {
        return size;
    }

    /** The first number with this hash that is the right one; -1 when there is none. */
    long find(long hash, LongPredicate isRight) {
        int mask = hashes.length - 1;
        for (int at = (int) hash & mask; numbers[at] != 0; at = at + 1 & mask) {
            if (hashes[at] == hash && isRight.test(numbers[at] - 1)) {
                return numbers[at] - 1;
            }
        }
        return -1;
    }

    /** Adds an entry, whatever is there with the same hash. */
    void add(long hash, long number) {
        if (size * 4L >= hashes.length * 3L) {
            grow();
        }
        put(hash, number);
        size++;
    }

    /** Changes the entry with this hash and number. */
    void replace(long hash, long number, long by) {
        int mask = hashes.length - 1;
        for (int at = (int) hash & mask; numbers[at] != 0; at = at + 1 & mask) {
            if (hashes[at] == hash && numbers[at] == number + 1) {
                numbers[at] = by + 1;
                return;
            }
        }
        throw new IllegalStateException("There is no entry to replace");
    }

    private void put(long hash, long number) {
        int mask = hashes.length - 1;
        int at = (int) hash & mask;
        while (numbers[at] != 0) {
            at = at + 1 & mask;
        }
        hashes[at] = hash;
        numbers[at] = number + 1;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldNumbers = numbers;
        hashes = new long[oldHashes.length * 2];
        numbers = new long[oldHashes.length * 2];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldNumbers[i] != 0) {
                put(oldHashes[i], oldNumbers[i] - 1);
            }
        }
    }
}
