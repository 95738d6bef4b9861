package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.store.CustomerKey;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class ArrivalOrderTest {

  private ArrivalOrder order = new ArrivalOrder();

  private long read(String customer, long timestamp) {
    Bytes key = CustomerKey.of(customer);
    long arrival = order.arrivalOf(key, timestamp);
    order.read(key, timestamp, arrival);
    return arrival;
  }

  @Test
  void equalArrivalsOfACustomerAreMovedApartAndThoseOfOthersAreNot() {
    assertThat(read("c1", 100)).isEqualTo(100);
    assertThat(read("c1", 100)).isEqualTo(101);
    assertThat(read("c2", 100)).isEqualTo(100);
    assertThat(read("c1", 101)).isEqualTo(102);
    assertThat(read("c2", 101)).isEqualTo(101);
    assertThat(read("c1", 103)).isEqualTo(103);
  }

  @Test
  void aRestartBetweenTwoEqualArrivalsChangesNothing() {
    read("c1", 100);
    read("c1", 100);
    order = ArrivalOrder.ofBytes(order.toBytes());
    assertThat(order.hasChanged()).isFalse();
    assertThat(read("c1", 100)).isEqualTo(102);
    assertThat(read("c2", 100)).isEqualTo(100);
  }

  @Test
  void whoWasHeardOfAtAnEarlierArrivalIsForgotten() {
    read("c1", 100);
    read("c2", 101);
    assertThat(ArrivalOrder.ofBytes(order.toBytes()).toBytes())
        .hasSize(Long.BYTES + Integer.BYTES + 2 + Long.BYTES);
  }

  @Test
  void anEventThatWasOvertakenKeepsItsArrival() {
    read("c1", 100);
    assertThat(read("c1", 99)).isEqualTo(99);
    assertThat(read("c1", 100)).isEqualTo(101);
  }

  @Test
  void aWrongTimestampDoesNotMoveWhatComesAfterIt() {
    read("c1", Long.MAX_VALUE / 2);
    assertThat(read("c1", 100)).isEqualTo(100);
    assertThat(read("c1", 100)).isEqualTo(101);
  }

  @Test
  void soManyAreRememberedOfOneArrivalAndNoMore() {
    for (int i = 0; i <= ArrivalOrder.MOST; i++) {
      assertThat(read("c" + i, 100)).isEqualTo(100);
    }
    assertThat(read("c0", 100)).isEqualTo(100);
    assertThat(read("c" + ArrivalOrder.MOST, 100)).isEqualTo(101);
  }
}
