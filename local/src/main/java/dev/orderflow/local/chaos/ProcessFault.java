package dev.orderflow.local.chaos;

/** What is done to the processes of a stack. */
sealed interface ProcessFault {

    /** A few words for the table. */
    String text();

    /** Nothing. */
    record None() implements ProcessFault {
        @Override
        public String text() {
            return "-";
        }
    }

    /** kill -9 of one part, which its supervisor starts again. */
    record Kill(String part) implements ProcessFault {
        @Override
        public String text() {
            return "kill -9 " + part;
        }
    }

    /** kill -9 of everything at once, supervisor and provider included; then everything is started again. */
    record KillAll() implements ProcessFault {
        @Override
        public String text() {
            return "kill -9 everything";
        }
    }

    /**
     * SIGSTOP of a service, and SIGCONT after so many seconds: longer than its session, so that it has lost its partitions
     * when it goes on.
     */
    record Stall(String part, int seconds) implements ProcessFault {
        @Override
        public String text() {
            return "stop " + part + " for " + seconds + " s";
        }
    }

    /** Ops pause the provider for so many seconds. */
    record Pause(int seconds) implements ProcessFault {
        @Override
        public String text() {
            return "pause provider " + seconds + " s";
        }
    }
}
