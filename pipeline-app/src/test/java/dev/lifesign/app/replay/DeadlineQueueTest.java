package dev.lifesign.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.replay.DeadlineQueue.Deadline;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineQueueTest {

  private static final Comparator<Deadline> ORDER =
      Comparator.comparingLong(Deadline::due)
          .thenComparing(deadline -> deadline.of().customer().id());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void handsOutByInstantThenByCustomerWhateverWasPutInBetween(long seed) {
    Random random = new Random(seed);
    DeadlineQueue queue = new DeadlineQueue();
    List<Deadline> model = new ArrayList<>();
    long now = -3 * Instants.DAY;
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(3) > 0) {
        // Few instants and few customers, so that both tie; some are of the past.
        long due = now + (random.nextInt(4_000) - 50) * Instants.HOUR / (1 + random.nextInt(50));
        Deadline deadline = new Deadline(due, customer("c" + random.nextInt(300)));
        queue.add(deadline);
        model.add(deadline);
      } else {
        now += random.nextInt(10) == 0 ? random.nextInt(3) * Instants.DAY : 0;
        long bound = now;
        Optional<Deadline> first =
            model.stream().filter(deadline -> deadline.due() < bound).min(ORDER);
        Optional<Deadline> polled = queue.pollBefore(bound);
        assertThat(polled.map(DeadlineQueueTest::told))
            .isEqualTo(first.map(DeadlineQueueTest::told));
        polled.ifPresent(model::remove);
      }
    }
    assertThat(model).hasSizeGreaterThan(100).hasSizeLessThan(13_000);
  }

  @Test
  void aDeadlineAtTheBoundWaitsAndOneAtTheEndsOfTimeIsTaken() {
    DeadlineQueue queue = new DeadlineQueue();
    for (long due : new long[] {Instants.FOREVER - 1, 5 * Instants.DAY, Instants.NEVER}) {
      queue.add(new Deadline(due, customer("a")));
    }
    assertThat(queue.pollBefore(Instants.NEVER)).isEmpty();
    assertThat(queue.pollBefore(5 * Instants.DAY).orElseThrow().due()).isEqualTo(Instants.NEVER);
    assertThat(queue.pollBefore(5 * Instants.DAY)).isEmpty();
    assertThat(queue.pollBefore(5 * Instants.DAY + 1)).isPresent();
    assertThat(queue.pollBefore(Instants.FOREVER).orElseThrow().due())
        .isEqualTo(Instants.FOREVER - 1);
  }

  private static HeldCustomer customer(String id) {
    return new HeldCustomer(Customer.unknown(id, 1));
  }

  private static String told(Deadline deadline) {
    return deadline.due() + " " + deadline.of().customer().id();
  }
}
