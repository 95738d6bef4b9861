package dev.lifesign.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.DeadlineKey;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** Customers come before everything else in their store, whatever their ids are. */
class CustomerKeyTest {

  @Test
  void noCustomerCanStandWhereSomethingElseDoes() {
    for (String id : List.of("", "a", "\u0000", "h", "t", "\uFFFF", "\uDBFF\uDFFF", "ÿt", "ÿhc1")) {
      Bytes key = CustomerKey.of(id);
      assertThat(key).isLessThan(CustomerKey.AFTER_ALL);
      assertThat(CustomerKey.changes(id, 1)).isGreaterThan(CustomerKey.AFTER_ALL);
      assertThat(CustomerKey.changes(id, 1)).isNotEqualTo(CustomerKey.TICK);
      assertThat(DeadlineKey.isOne(key)).isFalse();
      assertThat(DeadlineKey.isOne(CustomerKey.changes(id, 1))).isFalse();
      for (long due : List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)) {
        Bytes entry = new DeadlineKey(due, id).toBytes();
        assertThat(DeadlineKey.isOne(entry)).isTrue();
        assertThat(CustomerKey.isCustomer(entry)).isFalse();
        assertThat(DeadlineKey.of(entry)).isEqualTo(new DeadlineKey(due, id));
      }
    }
    assertThat(CustomerKey.TICK).isGreaterThan(CustomerKey.AFTER_ALL);
    assertThat(DeadlineKey.isOne(CustomerKey.TICK)).isFalse();
  }

  @Property
  void theChangesOfACustomerStandTogetherAndInOrder(
      @ForAll String one,
      @ForAll String other,
      @ForAll @IntRange(min = 1) int sequence,
      @ForAll @IntRange(min = 1) int otherSequence) {
    Assume.that(one.length() < 80 && other.length() < 80);
    Assume.that(!CustomerKey.of(one).equals(CustomerKey.of(other)));
    Bytes change = CustomerKey.changes(one, sequence);
    assertThat(CustomerKey.sequence(change)).isEqualTo(sequence);
    assertThat(Integer.signum(change.compareTo(CustomerKey.changes(one, otherSequence))))
        .isEqualTo(Integer.compare(sequence, otherSequence));
    Bytes stranger = CustomerKey.changes(other, otherSequence);
    assertThat(
            stranger.compareTo(CustomerKey.changes(one, 0)) > 0
                && stranger.compareTo(CustomerKey.changes(one, Integer.MAX_VALUE)) < 0)
        .isFalse();
  }
}
