package dev.orderflow.loyalty.http;

import dev.orderflow.durable.ServicePart;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.view.TopicReader;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.LoyaltyEntry;
import dev.orderflow.schemas.Pseudonym;
import dev.orderflow.schemas.Topics;

/** What the HTTP side of loyalty works with: the ledgers of all customers. */
public final class LoyaltyApi {

    final Pseudonym pseudonym;
    final LedgerTable ledgers = new LedgerTable();

    private final TopicReader<LoyaltyEntry> reader;

    /** @param pseudonym what customers are called in their entries */
    public LoyaltyApi(KafkaConnection kafka, AvroSerdes serdes, Pseudonym pseudonym) {
        this.pseudonym = pseudonym;
        this.reader = new TopicReader<>(
                kafka, serdes, Topics.LOYALTY_ENTRIES.name(), LoyaltyEntry.class, ledgers::add, () -> {});
    }

    /** What has to run for it: when it is ready, the points of every customer can be found. */
    public ServicePart reader() {
        return reader;
    }
}
