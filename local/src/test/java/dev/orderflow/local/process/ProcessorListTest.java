package dev.orderflow.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorListTest {

    @Test
    void shouldReadWhatTheKernelWrites() {
        assertThat(ProcessorList.parse("\t0-2,5\n").numbers()).containsExactly(0, 1, 2, 5);
        assertThat(ProcessorList.parse("7")).hasToString("7");
        assertThat(ProcessorList.parse("5,0-2")).hasToString("0,1,2,5");
    }

    @Test
    void shouldNameTheFirst() {
        assertThat(ProcessorList.parse("3-4").first()).hasToString("3");
        assertThat(ProcessorList.parse("3-4").size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1,", "-1", "3-1", "1024", "0-99999999999"})
    void shouldRefuseWhatIsNoListAndSayWhatOneIs(String text) {
        assertThatThrownBy(() -> ProcessorList.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("such as 0-2,5");
    }
}
