package dev.orderflow.order.recording;

/** Is told how far a reading is. */
public interface ReadingProgress {

    /** So many records are to be read, roughly. */
    void begins(long records);

    /** So many more were read. */
    void read(int records);
}
