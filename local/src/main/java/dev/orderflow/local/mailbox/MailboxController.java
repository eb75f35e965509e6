package dev.orderflow.local.mailbox;

import dev.orderflow.durable.http.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows the mails that customers would have got: the newest ones, and one of them whole. */
@Controller("/mailbox")
@Requires(beans = Mailbox.class)
@ExecuteOn(TaskExecutors.BLOCKING)
final class MailboxController {

    private static final int MOST = 500;

    private final Mailbox mailbox;
    private final ObjectMapper json;

    MailboxController(Mailbox mailbox, ObjectMapper json) {
        this.mailbox = mailbox;
        this.json = json;
    }

    @Get(produces = MediaType.APPLICATION_JSON)
    byte[] list(@QueryValue(defaultValue = "50") int limit, @QueryValue(defaultValue = "") String to)
            throws IOException {
        List<Map<String, Object>> mails =
                mailbox
                        .newest(
                                Math.clamp(limit, 1, MOST),
                                mail -> to.isEmpty() || mail.to().equals(to))
                        .stream()
                        .map(mail -> describe(mail, false))
                        .toList();
        return json.writeValueAsBytes(Map.of("count", mailbox.count(), "mails", mails));
    }

    @Get(value = "/{id}", produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> show(long id) throws IOException {
        Mail mail = mailbox.find(id).orElse(null);
        if (mail == null) {
            return Problem.of(HttpStatus.NOT_FOUND, "There is no mail " + id + ", or it was among the oldest.")
                    .toResponse();
        }
        return HttpResponse.ok(json.writeValueAsBytes(describe(mail, true)));
    }

    private static Map<String, Object> describe(Mail mail, boolean whole) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", mail.id());
        members.put("from", mail.from());
        members.put("to", mail.to());
        members.put("subject", mail.subject());
        members.put("messageId", mail.messageId() == null ? "" : mail.messageId());
        members.put("receivedAt", text(mail.receivedAt()));
        if (whole) {
            members.put("body", mail.body());
        }
        return members;
    }

    private static String text(Instant instant) {
        return instant.toString();
    }
}
