package dev.orderflow.bench.run;

/** Hears how far a session is. */
public interface Watcher {

    /** Something else begins. */
    void now(String what);

    /** A second of the plan is over. */
    void tick();

    /** A cell is done. */
    void done(CellResult result);
}
