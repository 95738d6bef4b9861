package dev.lifesign.bench.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.bench.entrant.BenchPolicy;
import dev.lifesign.domain.event.Family;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The job that every entrant works through. */
class JobEventsTest {

  private static final Job EVEN = new Job(500, 5_000, 0, 4, 7);
  private static final Job SKEWED = new Job(500, 5_000, 0.8, 4, 7);

  private static List<JobEvents.Arrived> all(Job job) {
    List<JobEvents.Arrived> all = new ArrayList<>();
    new JobEvents(job).forEachRemaining(all::add);
    return all;
  }

  @Test
  void theSameSeedGivesTheSameEvents() {
    assertThat(all(EVEN)).isEqualTo(all(EVEN)).hasSize(5_500);
    assertThat(all(EVEN)).isNotEqualTo(all(new Job(500, 5_000, 0, 4, 8)));
  }

  @Test
  void arrivalsAscendForEachCustomerAndEndInTime() {
    Map<Integer, Long> last = new HashMap<>();
    for (JobEvents.Arrived next : all(SKEWED)) {
      Long before = last.put(next.customer(), next.arrivedAt());
      assertThat(next.arrivedAt()).isGreaterThan(before == null ? 0 : before);
      assertThat(next.arrivedAt()).isBetween(Job.START, SKEWED.end());
      assertThat(next.event().occurredAt()).isLessThanOrEqualTo(next.arrivedAt());
      assertThat(Job.number(next.event().customerId())).isEqualTo(next.customer());
    }
    assertThat(last).hasSize(500);
  }

  @Test
  void allFamiliesAreThere() {
    Set<Family> families = EnumSet.noneOf(Family.class);
    all(EVEN).forEach(next -> families.add(next.event().family()));
    assertThat(families).containsExactlyInAnyOrder(Family.values());
  }

  @Test
  void skewMeansThatFewCustomersMakeMostOfTheEvents() {
    assertThat(ofTheFirstTenth(SKEWED)).isGreaterThan(2 * ofTheFirstTenth(EVEN));
  }

  private static long ofTheFirstTenth(Job job) {
    return all(job).stream().filter(next -> next.customer() < job.customers() / 10).count();
  }

  @Test
  void theTruthIsAFunctionOfTheJobAndSeesEverybody() {
    Ledger one = Truth.of(EVEN, BenchPolicy.policy());
    Ledger other = Truth.of(EVEN, BenchPolicy.policy());
    assertThat(one.differences(other)).isZero();
    assertThat(one.count()).isEqualTo(other.count()).isGreaterThan(500);
    assertThat(one.differences(Truth.of(SKEWED, BenchPolicy.policy()))).isGreaterThan(400);
  }

  @Test
  void theTruthIsTheSameHoweverManyCustomersAreInMemoryAtOnce() {
    Ledger inLots = Truth.of(SKEWED, BenchPolicy.policy(), 190);
    Ledger atOnce = Truth.of(SKEWED, BenchPolicy.policy(), 500);
    assertThat(inLots.differences(atOnce)).isZero();
    assertThat(inLots.count()).isEqualTo(atOnce.count()).isGreaterThan(500);
  }
}
