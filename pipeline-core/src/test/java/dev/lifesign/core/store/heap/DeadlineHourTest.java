package dev.lifesign.core.store.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.DeadlineKey;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

/** Before an hour is in order and after it, what was added and not removed is there. */
class DeadlineHourTest {

  private static final int KEYS = 30;

  @Property
  void whatWasAddedAndNotRemovedIsThereInOrder(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 2 * KEYS + 1) Integer> steps) {
    long start = -3_600_000L;
    DeadlineHour hour = new DeadlineHour(start);
    NavigableSet<Bytes> reference = new TreeSet<>();
    for (int step : steps) {
      Bytes key = new DeadlineKey(start + step % 3 * 1_799_999L, "c".repeat(step % KEYS)).toBytes();
      if (step == 2 * KEYS) {
        assertThat(hour.first()).isEqualTo(reference.stream().findFirst());
        assertThat(hour.size()).isEqualTo(reference.size());
      } else if (step == 2 * KEYS + 1) {
        List<Bytes> taken = hour.takeSome(3);
        assertThat(taken).hasSizeLessThanOrEqualTo(3);
        assertThat(reference).containsAll(taken);
        taken.forEach(
            each -> {
              // An entry that was added twice may be taken twice.
              hour.remove(each);
              reference.remove(each);
            });
        assertThat(hour.isEmpty() && !reference.isEmpty()).isFalse();
      } else if (step < KEYS) {
        hour.add(key);
        reference.add(key);
      } else {
        // It may say that it was there where it was not, and not the other way round.
        boolean wasThere = reference.remove(key);
        assertThat(hour.remove(key) || !wasThere).isTrue();
      }
      assertThat(hour.size()).isGreaterThanOrEqualTo(reference.size());
    }
    assertThat(hour.all()).isEqualTo(reference);
  }

  @Test
  void anEntryTakesLittleMoreThanItsKeyUntilItIsNear() {
    DeadlineHour hour = new DeadlineHour(0);
    for (int i = 0; i < 1_000; i++) {
      hour.add(new DeadlineKey(i, "customer-" + i).toBytes());
    }
    assertThat(hour.bytes()).isLessThan(1_000 * 25);
    assertThat(hour.first()).isPresent();
    assertThat(hour.bytes()).isGreaterThan(1_000 * 100);
  }
}
