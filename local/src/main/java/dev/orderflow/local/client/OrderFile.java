package dev.orderflow.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Orders in a file: one JSON object, or one on each line. */
final class OrderFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OrderFile() {}

    /**
     * One order of a file.
     *
     * @param number of its line, from 1
     * @param body what is posted
     * @param expect the outcome that the file says it must have (its member {@code expect}, which is not posted), or nothing
     * @param repeat whether a line before has the same order id
     */
    record Line(int number, String body, String expect, boolean repeat) {}

    /** Reads a file, or standard input where its name is {@code -}. */
    static List<Line> read(String name) {
        String text;
        try {
            text = name.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(name));
        } catch (NoSuchFileException missing) {
            throw new CommandException("There is no file " + name + ".");
        } catch (IOException unreadable) {
            throw new CommandException(name + " cannot be read: " + unreadable.getMessage());
        }
        if (text.isBlank()) {
            throw new CommandException(name + " is empty: one JSON order is needed, or one on each line.");
        }
        return isOneObject(text) ? List.of(line(1, text, new HashSet<>())) : lines(text);
    }

    private static boolean isOneObject(String text) {
        try {
            JSON.readerFor(JsonNode.class)
                    .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
            return true;
        } catch (JsonProcessingException severalOrNone) {
            return false;
        }
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                lines.add(line(number, line, ids));
            }
        }
        return lines;
    }

    private static Line line(int number, String text, Set<String> ids) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode order) {
                JsonNode expect = order.remove("expect");
                String id = order.path("orderId").asText();
                return new Line(
                        number, order.toString(), expect == null ? "" : expect.asText(), !id.isEmpty() && !ids.add(id));
            }
        } catch (JsonProcessingException broken) {
            // Posted as it is: the answer says what is wrong with it.
            return new Line(number, text, "", false);
        }
        return new Line(number, text, "", false);
    }
}
