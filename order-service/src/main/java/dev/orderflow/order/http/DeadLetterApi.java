package dev.orderflow.order.http;

import dev.orderflow.durable.RetriableException;
import dev.orderflow.durable.deadletter.DeadLetterCursor;
import dev.orderflow.durable.deadletter.DeadLetterId;
import dev.orderflow.durable.deadletter.DeadLetters;
import dev.orderflow.durable.http.Problem;
import dev.orderflow.durable.wire.AvroSerdes;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be asked of dead letters by HTTP. Thread-safe; blocks while Kafka is read. */
public final class DeadLetterApi {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final DeadLetters letters;
    private final DeadLetterJson json;

    /** @param serdes by which what they carry is decoded for people */
    public DeadLetterApi(DeadLetters letters, AvroSerdes serdes) {
        this.letters = letters;
        this.json = new DeadLetterJson(letters, serdes);
    }

    MutableHttpResponse<byte[]> list(Optional<String> service, Optional<String> limit, Optional<String> cursor) {
        FaultList faults = new FaultList();
        Set<String> of = service.map(name -> service(name, faults)).orElse(Set.of());
        int most = limit.map(text -> PageLimit.parse(text, DEFAULT_LIMIT, MAX_LIMIT, faults))
                .orElse(DEFAULT_LIMIT);
        DeadLetterCursor behind = cursor.map(text -> cursor(text, faults)).orElse(null);
        if (!faults.isEmpty()) {
            return Answers.invalid("Invalid parameter", faults.toList());
        }
        return answer(() -> Answers.json(HttpStatus.OK, json.page(letters.list(of, behind, most))));
    }

    MutableHttpResponse<byte[]> show(String text) {
        return answer(() -> DeadLetterId.parse(text)
                .flatMap(letters::find)
                .map(content -> Answers.json(HttpStatus.OK, json.whole(content)))
                .orElseGet(() -> Problem.of(
                                HttpStatus.NOT_FOUND,
                                "There is no dead letter " + text + ", or none any more: list them at /dead-letters.")
                        .toResponse()));
    }

    MutableHttpResponse<byte[]> redrive(byte[] body) {
        RedriveBody asked;
        try {
            asked = RedriveBody.parse(body);
        } catch (MalformedJsonException malformed) {
            return Answers.malformed(malformed);
        }
        if (!asked.faults().isEmpty()) {
            return Answers.invalid("Invalid request", asked.faults());
        }
        return answer(() -> Answers.json(
                HttpStatus.OK, DeadLetterJson.results(letters.redrive(asked.ids(), asked.reason(), asked.again()))));
    }

    private Set<String> service(String name, FaultList faults) {
        if (!letters.services().contains(name)) {
            faults.add("service", name, "use one of " + String.join(", ", letters.services()));
        }
        return Set.of(name);
    }

    private static @Nullable DeadLetterCursor cursor(String text, FaultList faults) {
        Optional<DeadLetterCursor> cursor = DeadLetterCursor.parse(text);
        if (cursor.isEmpty()) {
            faults.add("cursor", text, "use the nextCursor of the page before, as it is");
        }
        return cursor.orElse(null);
    }

    private static MutableHttpResponse<byte[]> answer(Supplier<MutableHttpResponse<byte[]>> work) {
        try {
            return work.get();
        } catch (RetriableException passing) {
            return Answers.failed(passing);
        }
    }
}
