package dev.orderflow.order.rehearsal;

import dev.orderflow.order.rehearsal.Input.Content;
import dev.orderflow.order.saga.OrderSaga;
import dev.orderflow.order.saga.SagaMessage.Placed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Replays recorded orders through a saga, and says what it would do differently. Writes nothing and keeps nothing. Safe for
 * use by several threads as far as the rendering is.
 */
public final class Rehearsal {

    private final OrderSaga saga;
    private final Rendering rendering;

    /** @param saga with the settings that are to be tried */
    public Rehearsal(OrderSaga saga, Rendering rendering) {
        this.saga = saga;
        this.rendering = rendering;
    }

    /** Replays one order and compares. */
    public Verdict judge(Recording recording) {
        Score score = Score.of(recording);
        Optional<NotJudged> why = whyNot(recording, score);
        if (why.isPresent()) {
            return new Verdict.Unknown(why.get());
        }
        Replay replay = new Replay(recording, score, saga, rendering).run();
        List<Sent> recorded = new ArrayList<>(recording.sent());
        recording.setAside().forEach(each -> recorded.add(each.sent()));
        Comparison.Result result = Comparison.of(recorded, replay.sent(), !score.unhandled());
        return result.differences().isEmpty()
                ? new Verdict.Same(replay.messages(), result.renumbered())
                : new Verdict.Differs(replay.messages(), result.differences());
    }

    private static Optional<NotJudged> whyNot(Recording recording, Score score) {
        if (recording.redriven()) {
            return Optional.of(NotJudged.REDRIVEN);
        }
        if (score.anchors().isEmpty() && score.floating().isEmpty() && score.unhandled()) {
            return Optional.of(NotJudged.UNREAD);
        }
        boolean silent = recording.sent().isEmpty()
                && recording.noted().isEmpty()
                && recording.setAside().isEmpty();
        if (score.lost() || silent || recording.inputs().stream().noneMatch(Rehearsal::begins)) {
            return Optional.of(NotJudged.BEGAN_EARLIER);
        }
        Set<Long> numbers = new HashSet<>();
        boolean twice = recording.sent().stream().anyMatch(sent -> !numbers.add(sent.sequence()));
        return twice ? Optional.of(NotJudged.ID_USED_AGAIN) : Optional.empty();
    }

    private static boolean begins(Input input) {
        return switch (input.content()) {
            case Content.Understood(Placed _) -> true;
            case Content.Understood _ -> false;
            // It may be what would have begun it.
            case Content.Refused _ -> true;
        };
    }
}
