package dev.orderflow.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.durable.TerminalException;
import dev.orderflow.local.process.ProcessorList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerProcessorsTest {

    @Test
    void shouldTakeOneOfTwoThatShareNoCache() {
        assertThat(of("auto", "2-3", true)).contains(ProcessorList.parse("2"));
    }

    @Test
    void shouldLeaveAnyOtherMachineToTheKernel() {
        assertThat(of("auto", "0-1", false)).isEmpty();
        assertThat(of("auto", "0", true)).isEmpty();
        assertThat(of("auto", "0-3", true)).isEmpty();
        assertThat(BrokerProcessors.of("auto", Optional.empty(), _ -> true)).isEmpty();
    }

    @Test
    void shouldDoAsItIsTold() {
        assertThat(of("all", "0-1", true)).isEmpty();
        assertThat(of("1,3", "0-3", false)).contains(ProcessorList.parse("1,3"));
    }

    @Test
    void shouldSayWhatIsPossibleWhereAWishIsNot() {
        assertThatThrownBy(() -> of("some", "0-1", true))
                .isInstanceOf(TerminalException.class)
                .hasMessage("Setting kafka.broker.processors=some cannot be used: use auto, all or numbers such as"
                        + " 0-2,5.");
        assertThatThrownBy(() -> of("1-2", "0-1", true))
                .isInstanceOf(TerminalException.class)
                .hasMessage("Setting kafka.broker.processors=1-2 cannot be used: this process may run on 0,1 only.");
        assertThatThrownBy(() -> BrokerProcessors.of("1", Optional.empty(), _ -> true))
                .isInstanceOf(TerminalException.class)
                .hasMessage("Setting kafka.broker.processors=1 cannot be used: processors can be chosen on Linux only;"
                        + " use auto or all.");
    }

    private static Optional<ProcessorList> of(String wish, String allowed, boolean apart) {
        return BrokerProcessors.of(wish, Optional.of(ProcessorList.parse(allowed)), _ -> apart);
    }
}
