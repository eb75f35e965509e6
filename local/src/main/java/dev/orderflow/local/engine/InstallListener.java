package dev.orderflow.local.engine;

/** Hears how far the download of the engine is. Called about five times a second, from the installing thread. */
@FunctionalInterface
public interface InstallListener {

    /**
     * More bytes are there.
     *
     * @param bytes unpacked so far
     * @param total unpacked in the end, as known for this version
     */
    void progress(long bytes, long total);
}
