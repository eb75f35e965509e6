package dev.orderflow.payment.audit;

import dev.orderflow.payment.book.Book;
import dev.orderflow.payment.book.BookReport;
import dev.orderflow.payment.book.Entry;
import dev.orderflow.payment.book.Patience;
import dev.orderflow.payment.book.StockBook;
import dev.orderflow.payment.book.StockReport;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Both books with how far each of their sources was read, so that they are written down and found again as one. Safe for
 * use by several threads.
 */
final class Books {

    private final String topicId;
    private final String provider;
    private final Book money;
    private final StockBook stock;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private String cursor = "";
    private Instant logReadAt = Instant.EPOCH;
    private Instant listReadAt = Instant.EPOCH;
    private long foreign;

    /** What is told of the books at one moment. */
    record State(BookReport money, StockReport stock, Instant logReadAt, Instant listReadAt, long foreign) {}

    /**
     * Empty books.
     *
     * @param topicId names this installation's topics: books of others are of no use
     * @param complete whether the topics still have their beginning
     */
    Books(String topicId, String provider, Patience patience, boolean complete) {
        this(topicId, provider, new Book(patience, !complete), new StockBook(patience, complete));
    }

    private Books(String topicId, String provider, Book money, StockBook stock) {
        this.topicId = topicId;
        this.provider = provider;
        this.money = money;
        this.stock = stock;
    }

    /** How far a partition was read; empty when nothing was. */
    synchronized Optional<Long> position(TopicPartition partition) {
        return Optional.ofNullable(positions.get(partition));
    }

    synchronized String cursor() {
        return cursor;
    }

    /** Takes what was read of a partition, and how far that goes. */
    synchronized void take(TopicPartition partition, long position, List<Consumer<Books>> read) {
        read.forEach(entry -> entry.accept(this));
        positions.put(partition, position);
    }

    /** Takes a page of the provider's list, and where the next one begins. */
    synchronized void takePage(List<Entry.Listed> page, long foreignCharges, String next, Instant now) {
        page.forEach(entry -> money.add(entry, now));
        foreign += foreignCharges;
        cursor = next;
    }

    /** For what {@link #take} runs. */
    Book money() {
        return money;
    }

    /** For what {@link #take} runs. */
    StockBook stock() {
        return stock;
    }

    synchronized void logRead(Instant at) {
        logReadAt = at;
        money.logRead(at);
        stock.logRead(at);
    }

    synchronized void listRead(Instant at) {
        listReadAt = at;
        money.listRead(at);
    }

    synchronized List<Book.Question> questions(Instant now, int most) {
        return money.questions(now, most);
    }

    synchronized void answer(Book.Question question, Optional<Entry.Listed> answer) {
        money.answer(question, answer);
    }

    synchronized void settle(Instant now) {
        money.settle(now);
    }

    synchronized int open() {
        return money.open();
    }

    synchronized State state(Instant now) {
        return new State(money.report(now), stock.report(), logReadAt, listReadAt, foreign);
    }

    synchronized void write(DataOutputStream out) throws IOException {
        out.writeUTF(topicId);
        out.writeUTF(provider);
        out.writeUTF(cursor);
        out.writeLong(foreign);
        out.writeInt(positions.size());
        for (Map.Entry<TopicPartition, Long> entry : positions.entrySet()) {
            out.writeUTF(entry.getKey().topic());
            out.writeInt(entry.getKey().partition());
            out.writeLong(entry.getValue());
        }
        money.write(out);
        stock.write(out);
    }

    /** Books as they were written down; empty when they are of other topics or another provider. */
    static Optional<Books> read(DataInputStream in, String topicId, String provider, Patience patience)
            throws IOException {
        if (!in.readUTF().equals(topicId) || !in.readUTF().equals(provider)) {
            return Optional.empty();
        }
        String cursor = in.readUTF();
        long foreign = in.readLong();
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            positions.put(new TopicPartition(in.readUTF(), in.readInt()), in.readLong());
        }
        Books books = new Books(topicId, provider, Book.read(in, patience), StockBook.read(in, patience));
        books.cursor = cursor;
        books.foreign = foreign;
        books.positions.putAll(positions);
        return Optional.of(books);
    }
}
