package dev.orderflow.durable.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.durable.ServicePart;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposedServiceTest {

    private final List<String> calls = new ArrayList<>();

    /** Writes down what it is asked to do. */
    private final class Recorded implements ServicePart {

        private final String name;
        private boolean ready;
        private boolean alive = true;

        Recorded(String name) {
            this.name = name;
        }

        @Override
        public void start() {
            calls.add("start " + name);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public String status() {
            return ready ? "" : name + " is not ready";
        }

        @Override
        public void close() {
            calls.add("close " + name);
        }
    }

    private final Recorded view = new Recorded("view");
    private final Recorded application = new Recorded("application");

    private final class Notes extends ComposedService {

        Notes() {
            super("notes");
            manage(() -> calls.add("close client"));
            serve(manage(view));
            manage(application);
        }
    }

    @Test
    void shouldStartItsPartsInOrderAndCloseThemInReverse() {
        try (Notes notes = new Notes()) {
            notes.start();
        }

        assertThat(calls)
                .containsExactly("start view", "start application", "close application", "close view", "close client");
    }

    @Test
    void shouldBeAsReadyAndAliveAsItsParts() {
        try (Notes notes = new Notes()) {
            application.ready = true;
            assertThat(notes.isReady()).isFalse();
            assertThat(notes.status()).isEqualTo("view is not ready");

            view.ready = true;
            assertThat(notes.isReady()).isTrue();
            assertThat(notes.status()).isEmpty();

            view.alive = false;
            assertThat(notes.isAlive()).isFalse();
        }
    }

    @Test
    void shouldServeWhatItWasGiven() {
        try (Notes notes = new Notes()) {
            assertThat(notes.name()).isEqualTo("notes");
            assertThat(notes.beans()).containsExactly(view);
        }
    }
}
