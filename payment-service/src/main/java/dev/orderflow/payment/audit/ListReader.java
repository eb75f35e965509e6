package dev.orderflow.payment.audit;

import dev.orderflow.payment.book.Book;
import dev.orderflow.payment.book.Entry;
import dev.orderflow.payment.book.Standing;
import dev.orderflow.payment.book.Sum;
import dev.orderflow.payment.payment.AttemptKey;
import dev.orderflow.payment.provider.ChargePage;
import dev.orderflow.payment.provider.PaymentProvider;
import dev.orderflow.payment.provider.PaymentProvider.LookUpRequest;
import dev.orderflow.payment.provider.SeenCharge;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the provider's own list of charges into the books, and asks about single ones. Confined to one thread. */
final class ListReader {

    private static final int PAGE = 1_000;
    private static final int QUESTIONS = 100;

    private final PaymentProvider provider;
    private final InstantSource clock;

    ListReader(PaymentProvider provider, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * Reads what is new in the list to its end, or to where the provider holds it back, and then the standing of charges
     * that the books wait for.
     *
     * @throws dev.orderflow.durable.RetriableException when the provider does not answer; what was read is kept
     */
    void readOnce(Books books) {
        Instant begun = clock.instant();
        Instant readTo = begun;
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            ChargePage page = provider.list(books.cursor(), PAGE);
            List<Entry.Listed> ours = new ArrayList<>();
            for (SeenCharge charge : page.charges()) {
                listed(charge).ifPresent(ours::add);
            }
            String next = page.next().isEmpty() ? books.cursor() : page.next();
            books.takePage(ours, page.charges().size() - ours.size(), next, clock.instant());
            more = page.hasMore();
            readTo = page.upTo() == null ? begun : earlier(begun, page.upTo());
        }
        books.listRead(readTo);
        for (Book.Question question : books.questions(clock.instant(), QUESTIONS)) {
            books.answer(
                    question,
                    provider.lookUp(new LookUpRequest(question.key(), null, false))
                            .flatMap(ListReader::listed));
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Empty for a charge whose key is none of ours: somebody else charges at the same account. */
    private static Optional<Entry.Listed> listed(SeenCharge charge) {
        Optional<AttemptKey.Named> named = AttemptKey.read(charge.key());
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Standing standing =
                switch (charge.standing()) {
                    case CAPTURED -> Standing.CAPTURED;
                    case REFUNDED -> Standing.REFUNDED;
                    case DECLINED -> Standing.DECLINED;
                    case PENDING -> Standing.PENDING;
                };
        Sum amount = charge.amount() == null
                ? null
                : new Sum(charge.amount().minor(), charge.amount().currency());
        return Optional.of(new Entry.Listed(named.get().orderId(), charge.key(), charge.chargeId(), amount, standing));
    }
}
