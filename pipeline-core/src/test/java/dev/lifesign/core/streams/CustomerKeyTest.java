package dev.lifesign.core.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** Customers come before everything else in their store, whatever their ids are. */
class CustomerKeyTest {

  @Test
  void noCustomerCanStandWhereSomethingElseDoes() {
    for (String id : List.of("", "a", "\u0000", "h", "t", "\uFFFF", "\uDBFF\uDFFF", "ÿt", "ÿhc1")) {
      Bytes key = CustomerKey.of(id);
      assertThat(key).isLessThan(CustomerKey.AFTER_ALL);
      assertThat(CustomerKey.history(id)).isGreaterThan(CustomerKey.AFTER_ALL);
      assertThat(CustomerKey.history(id)).isNotEqualTo(CustomerKey.TICK);
    }
    assertThat(CustomerKey.TICK).isGreaterThan(CustomerKey.AFTER_ALL);
    assertThat(CustomerKey.history("a")).isNotEqualTo(CustomerKey.history("b"));
  }
}
