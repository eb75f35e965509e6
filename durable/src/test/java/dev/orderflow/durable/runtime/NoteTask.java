package dev.orderflow.durable.runtime;

import dev.orderflow.durable.PoisonException;
import dev.orderflow.durable.effect.Effect;
import dev.orderflow.durable.effect.EffectCall;
import dev.orderflow.durable.effect.EffectOutcome;
import dev.orderflow.durable.effect.RetryPolicy;
import dev.orderflow.durable.note.Note;
import dev.orderflow.durable.note.Notes;
import dev.orderflow.durable.timer.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Does with each note what its text says. */
final class NoteTask implements TaskHandler {

    static final String IN = "notes.in";
    static final String OUT = "notes.out";
    static final String STORE = "notes";
    static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 2, Duration.ofSeconds(10), Duration.ZERO);

    private final Task task;
    private final List<Message<Note>> received;

    NoteTask(Task task, List<Message<Note>> received) {
        this.task = task;
        this.received = received;
    }

    static TaskDefinition<NoteTask> definition(EffectCall call, List<Message<Note>> received) {
        return TaskDefinition.named("notes", task -> new NoteTask(task, received))
                .input(IN, Note.class, Note::getId, NoteTask::on)
                .output(OUT, Note.class)
                .store(STORE, Note.class)
                .timers()
                .effects(call)
                .build();
    }

    static TaskDefinition<NoteTask> definition(EffectCall call) {
        return definition(call, new ArrayList<>());
    }

    private void on(Message<Note> message) {
        received.add(message);
        Note note = message.value();
        switch (String.valueOf(note.getText())) {
            case "poison" -> throw new PoisonException("This note contradicts itself");
            case "break" -> throw new IllegalStateException("broken by " + note.getId());
            case "elsewhere" -> task.emit("undeclared", note.getId(), note, note.getId(), "Note");
            case "large" ->
                task.emit(OUT, note.getId(), Notes.note(note.getId(), "x".repeat(1_000_001)), note.getId(), "Note");
            case "later" ->
                task.timers().schedule(note.getId(), "later", task.now().plusSeconds(10));
            case "effect when committed" ->
                task.effects().startWhenCommitted(note.getId(), note.getId() + ":1", "payload", POLICY);
            case "effect" -> task.effects().start(note.getId(), note.getId() + ":1", "payload", POLICY);
            case "give up" ->
                task.deadLetter(
                        message.origin(),
                        Routing.keyBytes(message.key()),
                        bytes(message),
                        message.headers(),
                        "Nobody wants it");
            default -> {
                task.store(STORE, Note.class).put(note.getId(), note);
                emit(note.getId(), "stored");
            }
        }
    }

    @Override
    public void onTimer(Timer timer) {
        if (timer.id().startsWith("broken")) {
            throw new IllegalStateException("broken by " + timer.id());
        }
        emit(timer.id(), timer.kind() + " at " + timer.due());
    }

    @Override
    public void onEffect(Effect effect, EffectOutcome outcome) {
        if (effect.key().startsWith("broken")) {
            throw new IllegalStateException("broken by " + effect.key());
        }
        emit(effect.key(), outcome.toString());
    }

    private void emit(String id, String text) {
        task.emit(OUT, id, Notes.note(id, text), id + "/1", "NoteHandled");
    }

    private static byte[] bytes(Message<Note> message) {
        byte[] bytes = new byte[message.bytes().remaining()];
        message.bytes().duplicate().get(bytes);
        return bytes;
    }
}
