package dev.orderflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ContractTest {

    private static final Set<String> PERSONAL = Set.of("userId", "paymentMethodId", "locale", "email", "address");

    @Test
    void shouldGiveEveryEnumADefaultSoThatItCanGrow() {
        assertThat(named(Contract.all()))
                .filteredOn(type -> type.getType() == Schema.Type.ENUM)
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getEnumDefault())
                        .as("the default of the enum %s", type.getFullName())
                        .isNotNull());
    }

    @Test
    void shouldKeepPersonalFieldsInARecordOfTheirOwn() {
        assertThat(named(Contract.ofTopics()))
                .filteredOn(type -> type.getType() == Schema.Type.RECORD)
                .filteredOn(type -> !type.getName().equals("Customer"))
                .allSatisfy(type -> assertThat(type.getFields())
                        .as("the fields of %s; personal ones belong into Customer", type.getFullName())
                        .extracting(Schema.Field::name)
                        .doesNotContainAnyElementsOf(PERSONAL));
    }

    @Test
    void shouldDescribeEveryType() {
        assertThat(named(Contract.ofTopics()))
                .filteredOn(type -> type.getDoc() == null || type.getDoc().isBlank())
                .extracting(Schema::getFullName)
                .as("types without a doc")
                .isEmpty();
    }

    @Test
    void shouldUseEachSubjectOnce() {
        assertThat(Contract.all()).extracting(Contract::subject).doesNotHaveDuplicates();
    }

    private static Collection<Schema> named(List<Contract> contracts) {
        Map<String, Schema> found = new TreeMap<>();
        contracts.forEach(contract -> collect(contract.schema(), found));
        return found.values();
    }

    private static void collect(Schema schema, Map<String, Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (found.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), found));
                }
            }
            case ENUM -> found.put(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType(), found);
            case MAP -> collect(schema.getValueType(), found);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
            default -> {}
        }
    }
}
