package dev.orderflow.durable.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupExitTest {

    @Test
    void shouldKnowWhichMemberAThreadIs() {
        assertThat(GroupExit.memberOf("orderflow-inventory-1", "orderflow-inventory-5f3c-a1-StreamThread-12"))
                .isEqualTo("orderflow-inventory-1-12");
    }
}
