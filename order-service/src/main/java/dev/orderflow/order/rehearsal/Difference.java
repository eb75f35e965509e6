package dev.orderflow.order.rehearsal;

import java.util.List;
import java.util.stream.Collectors;

/** One record of an order that this build would not send as it was recorded. */
public sealed interface Difference {

    /** The record: as it was, or else as it would be. */
    Sent record();

    /** It was sent, and would not be. */
    record Missing(Sent record) implements Difference {}

    /** It would be sent, and was not. */
    record Added(Sent record) implements Difference {}

    /**
     * It would be sent with other content, or at another time.
     *
     * @param record as it was
     * @param changes at least one
     */
    record Changed(Sent record, List<FieldChange> changes) implements Difference {
        public Changed {
            changes = List.copyOf(changes);
        }
    }

    /** The same for all differences that are of the same kind. */
    default String shape() {
        String kind =
                switch (this) {
                    case Missing _ -> "-";
                    case Added _ -> "+";
                    case Changed(Sent _, List<FieldChange> changes) ->
                        changes.stream().map(FieldChange::shape).distinct().collect(Collectors.joining(", "));
                };
        return record().topic() + ' ' + record().type() + ' ' + kind;
    }
}
