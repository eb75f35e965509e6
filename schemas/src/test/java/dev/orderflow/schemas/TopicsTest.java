package dev.orderflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.schemas.Topic.Visibility;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void shouldListEveryTopicThatHasAName() throws Exception {
        List<Topic> constants = new ArrayList<>();
        for (Field field : Topics.class.getFields()) {
            if (field.getType() == Topic.class) {
                constants.add((Topic) field.get(null));
            }
        }
        assertThat(Topics.all()).containsExactlyInAnyOrderElementsOf(constants);
    }

    @Test
    void shouldNotUseANameASubjectOrARecordTypeTwice() {
        assertThat(Topics.all()).extracting(Topic::name).doesNotHaveDuplicates();
        assertThat(Topics.all()).extracting(Topic::subject).doesNotHaveDuplicates();
        assertThat(Topics.all().stream().map(Topic::valueType).flatMap(Optional::stream))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldUseLowerCaseNamesThatBecomeDistinctMetricNames() {
        // Kafka replaces dots by underscores in metric names, so a name has no underscore of its own.
        assertThat(Topics.all()).extracting(Topic::name).allMatch(name -> name.matches("[a-z]+([.-][a-z]+)*"));
    }

    @Test
    void shouldHaveASchemaUnlessItCarriesDeadLetters() {
        assertThat(Topics.all())
                .allMatch(topic -> topic.valueType().isPresent() != (topic.visibility() == Visibility.DEAD_LETTERS));
    }

    @Test
    void shouldTakeLargerDeadLettersThanAnyRecord() {
        int largestRecord = 0;
        int smallestDeadLetter = Integer.MAX_VALUE;
        for (Topic topic : Topics.all()) {
            int bytes = Integer.parseInt(config(topic).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
            if (topic.visibility() == Visibility.DEAD_LETTERS) {
                smallestDeadLetter = Math.min(smallestDeadLetter, bytes);
            } else {
                largestRecord = Math.max(largestRecord, bytes);
            }
        }
        assertThat(smallestDeadLetter).isGreaterThan(largestRecord);
    }

    @Test
    void shouldCreateTopicsThatKeepWhatTheCatalogueSays() {
        assertThat(config(Topics.ORDER_PLACED))
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "delete")
                .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "604800000");
        assertThat(config(Topics.ORDER_VIEW)).containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact");
        assertThat(config(Topics.LOYALTY_ENTRIES)).containsEntry(TopicConfig.RETENTION_MS_CONFIG, "-1");
    }

    @Test
    void shouldAskForOneCopyLessThanThereAreBeforeARecordIsWritten() {
        NewTopic topic = Topics.ORDER_PLACED.toNewTopic(6, (short) 3);

        assertThat(topic.numPartitions()).isEqualTo(6);
        assertThat(topic.replicationFactor()).isEqualTo((short) 3);
        assertThat(topic.configs()).containsEntry(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }

    private static Map<String, String> config(Topic topic) {
        return topic.toNewTopic(1, (short) 1).configs();
    }
}
