package dev.orderflow.inventory.http;

import dev.orderflow.durable.ServicePart;
import dev.orderflow.durable.runtime.KafkaConnection;
import dev.orderflow.durable.view.TopicReader;
import dev.orderflow.durable.wire.AvroSerdes;
import dev.orderflow.events.StockView;
import dev.orderflow.schemas.Topics;
import java.util.List;

/** What the HTTP side of inventory works with: the view of stock, and the way in for adjustments. */
public final class StockApi {

    final String defaultLocation;
    final StockTable table = new StockTable();
    final AdjustmentSender sender;

    private final TopicReader<StockView> reader;

    /** @param defaultLocation of adjustments that name none */
    public StockApi(KafkaConnection kafka, AvroSerdes serdes, String defaultLocation) {
        this(kafka, serdes, defaultLocation, AdjustmentSender.connect(kafka, serdes));
    }

    StockApi(KafkaConnection kafka, AvroSerdes serdes, String defaultLocation, AdjustmentSender sender) {
        this.defaultLocation = defaultLocation;
        this.sender = sender;
        this.reader = new TopicReader<>(
                kafka, serdes, Topics.STOCK_VIEW.name(), StockView.class, table::put, table::batchEnd);
    }

    /** What has to run for it. */
    public List<ServicePart> parts() {
        return List.of(sender::close, reader);
    }
}
