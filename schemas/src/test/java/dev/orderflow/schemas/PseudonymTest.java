package dev.orderflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PseudonymTest {

    private static final String SECRET = "sixteen bytes or more";

    private final Pseudonym pseudonym = Pseudonym.keyedWith(SECRET);

    @Test
    void shouldBeTheFirst128BitsOfTheHmacInLowerCaseHex() {
        // printf user-1 | openssl dgst -sha256 -hmac 'sixteen bytes or more'
        assertThat(pseudonym.of("user-1")).isEqualTo("8a591c69f2d0aaa36803e3ca11e7cb58");
    }

    @Test
    void shouldDependOnTheUserAndOnTheSecret() {
        assertThat(pseudonym.of("user-1")).isNotEqualTo(pseudonym.of("user-2"));
        assertThat(pseudonym.of("user-1"))
                .isNotEqualTo(Pseudonym.keyedWith("another secret, long").of("user-1"));
    }

    @Test
    void shouldRefuseAShortSecretWithoutRepeatingIt() {
        assertThatThrownBy(() -> Pseudonym.keyedWith("too short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pseudonym.key")
                .hasMessageContaining("9 bytes")
                .hasMessageNotContaining("too short");
    }

    @Test
    void shouldGiveManyThreadsTheSameAnswers() throws Exception {
        List<String> expected =
                IntStream.range(0, 500).mapToObj(i -> pseudonym.of("user-" + i)).toList();
        Callable<List<String>> all = () ->
                IntStream.range(0, 500).mapToObj(i -> pseudonym.of("user-" + i)).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<String>>> answers = threads.invokeAll(List.of(all, all, all, all));
            for (Future<List<String>> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }
}
