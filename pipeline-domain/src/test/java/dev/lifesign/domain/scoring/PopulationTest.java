package dev.lifesign.domain.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.time.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Quintiles of a changing population, compared with those of a sorted list. */
class PopulationTest {

  private static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final int CUSTOMERS = Integer.getInteger("lifesign.population", 200_000);
  private static final int CHANGES = 10 * CUSTOMERS;

  /** How values are distributed. */
  enum Shape {
    SKEWED {
      @Override
      PopulationMember next(Random random) {
        return new PopulationMember(
            NOW - (long) (365.0 * Instants.DAY * Math.pow(random.nextDouble(), 4)),
            1 + (long) Math.exp(random.nextGaussian()),
            (long) Math.exp(8 + 2 * random.nextGaussian()));
      }
    },
    TIED {
      @Override
      PopulationMember next(Random random) {
        return new PopulationMember(
            NOW - random.nextInt(5) * Instants.DAY,
            1 + random.nextInt(3),
            1_999L * random.nextInt(3));
      }
    },
    ZERO_AND_NEGATIVE {
      @Override
      PopulationMember next(Random random) {
        return new PopulationMember(
            NOW - random.nextInt(365) * Instants.DAY,
            1,
            Math.max(0, random.nextInt(4) - 1) * (long) (100_000 * random.nextGaussian()));
      }
    },
    JUST_NOW {
      @Override
      PopulationMember next(Random random) {
        return new PopulationMember(
            NOW - (long) (1_000 * Math.exp(10 * random.nextDouble())), 1, 100);
      }
    },
    EXTREME {
      @Override
      PopulationMember next(Random random) {
        return new PopulationMember(
            NOW - random.nextInt(1_000_000) * 1_000L,
            Long.MAX_VALUE - random.nextInt(3),
            random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE);
      }
    };

    abstract PopulationMember next(Random random);
  }

  @ParameterizedTest
  @EnumSource
  void cutPointsAreWithinAHundredthAfterMillionsOfChanges(Shape shape) {
    Random random = new Random(shape.ordinal());
    Population population = new Population();
    population.coarsen(NOW);
    PopulationMember[] members = new PopulationMember[CUSTOMERS];
    for (int i = 0; i < CHANGES; i++) {
      int index = random.nextInt(CUSTOMERS);
      PopulationMember next = random.nextInt(5) == 0 ? null : shape.next(random);
      population.replace(Optional.ofNullable(members[index]), Optional.ofNullable(next));
      members[index] = next;
    }
    PopulationMember[] present =
        Arrays.stream(members).filter(m -> m != null).toArray(PopulationMember[]::new);
    PopulationCuts cuts = population.cuts(NOW).orElseThrow();
    assertThat(cuts.customers()).isEqualTo(present.length);
    assertNear(cuts.orders(), present, PopulationMember::orders, 0);
    assertNear(cuts.money(), present, PopulationMember::net, 0);
    assertNear(cuts.recency(), present, PopulationMember::lastTransaction, NOW);
  }

  /**
   * Asserts cut points that are never below the exact ones, and above them by less than a hundredth
   * of the value, or for recency of the age or a minute.
   */
  private static void assertNear(
      Quintiles quintiles,
      PopulationMember[] members,
      ToLongFunction<PopulationMember> value,
      long zero) {
    long[] sorted = Arrays.stream(members).mapToLong(value).sorted().toArray();
    int[] percents = {18, 20, 22, 38, 40, 42, 58, 60, 62, 78, 80, 82};
    for (int i = 0; i < percents.length; i++) {
      List<Long> of = List.of(quintiles.below(), quintiles.at(), quintiles.above()).get(i % 3);
      long exact = sorted[(int) Math.ceil(sorted.length * percents[i] / 100.0) - 1];
      double off = of.get(i / 3) - (double) exact;
      double whole = zero == 0 ? Math.abs((double) exact) : Math.max(6_000_000, zero - exact);
      assertThat(off).as("%d%% %s", percents[i], quintiles).isBetween(-1e-9 * whole, whole / 100);
    }
  }

  @Test
  void removedCustomersLeaveNoCounts() {
    Population population = new Population();
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      PopulationMember member = Shape.SKEWED.next(random);
      population.replace(Optional.empty(), Optional.of(member));
      if (i % 100 == 0) {
        population.coarsen(NOW + i * 10_000L);
      }
      PopulationMember other = Shape.SKEWED.next(random);
      population.replace(Optional.of(member), Optional.of(other));
      population.replace(Optional.of(other), Optional.empty());
    }
    assertThat(population.customers()).isZero();
    assertThat(population.cuts(NOW)).isEmpty();
    population.forEachBlock((block, counts) -> assertThat(counts).as("%s", block).containsOnly(0));
  }

  @Test
  void changedBlocksAloneRestoreThePopulation() {
    Random random = new Random(3);
    Population population = new Population();
    Map<PopulationBlock, long[]> kept = new HashMap<>();
    PopulationMember[] members = new PopulationMember[20];
    for (int i = 0; i < 2_000; i++) {
      int index = random.nextInt(members.length);
      PopulationMember next = random.nextInt(5) == 0 ? null : Shape.SKEWED.next(random);
      Optional<PopulationMember> before = Optional.ofNullable(members[index]);
      population.replace(before, Optional.ofNullable(next));
      if (!before.equals(Optional.ofNullable(next))) {
        assertThat(population.hasChanged()).isTrue();
      }
      members[index] = next;
      if (i % 10 == 0) {
        population.coarsen(NOW - 300 * Instants.DAY + i * Instants.HOUR);
      }
      if (i % 7 == 0) {
        // As a task does when it sends its counts between two commits.
        population.forEachBlock((block, counts) -> assertThat(counts).isNotEmpty());
      }
      if (i % 3 == 0) {
        population.takeChanged((block, counts) -> kept.put(block, counts.clone()));
        assertThat(population.hasChanged()).isFalse();
        Population restored = new Population();
        kept.forEach(restored::add);
        assertThat(restored.hasChanged()).isFalse();
        assertThat(restored.cuts(NOW)).isEqualTo(population.cuts(NOW));
        assertThat(blocks(restored)).isEqualTo(blocks(population));
      }
    }
  }

  private static Map<PopulationBlock, List<Long>> blocks(Population population) {
    Map<PopulationBlock, List<Long>> blocks = new HashMap<>();
    population.forEachBlock(
        (block, counts) -> blocks.put(block, Arrays.stream(counts).boxed().toList()));
    return blocks;
  }

  @Test
  void aBlockThatWasEmptyCountsAgain() {
    Optional<PopulationMember> member = Optional.of(new PopulationMember(NOW, 3, 1_999));
    Population population = new Population();
    for (int i = 0; i < 3; i++) {
      population.replace(Optional.empty(), member);
      Population sent = new Population();
      population.forEachBlock(sent::add);
      assertThat(sent.cuts(NOW)).isPresent().isEqualTo(population.cuts(NOW));
      population.replace(member, Optional.empty());
      List<PopulationBlock> left = new ArrayList<>();
      population.forEachBlock((block, counts) -> left.add(block));
      assertThat(left).isEmpty();
    }
  }

  @Test
  void partitionsAddUpToTheWhole() {
    Random random = new Random(2);
    Population whole = new Population();
    Population one = new Population();
    Population other = new Population();
    for (int i = 0; i < 20_000; i++) {
      Optional<PopulationMember> member = Optional.of(Shape.SKEWED.next(random));
      whole.replace(Optional.empty(), member);
      (i % 3 == 0 ? one : other).replace(Optional.empty(), member);
    }
    Population sum = new Population();
    one.forEachBlock(sum::add);
    other.forEachBlock(sum::add);
    assertThat(sum.cuts(NOW)).isEqualTo(whole.cuts(NOW));
  }

  @Property
  void aBucketHoldsItsOwnNumbersAndIsNarrow(@ForAll long value) {
    long bucket = MagnitudeBuckets.of(value);
    long greatest = MagnitudeBuckets.greatest(bucket);
    assertThat(greatest).isGreaterThanOrEqualTo(Math.max(value, -Long.MAX_VALUE));
    assertThat((double) greatest - value).isLessThanOrEqualTo(Math.abs((double) value) / 127);
    assertThat(MagnitudeBuckets.of(greatest)).isEqualTo(bucket);
    if (greatest < Long.MAX_VALUE) {
      assertThat(MagnitudeBuckets.of(greatest + 1)).isEqualTo(bucket + 1);
    }
  }

  @Test
  void aScoreIsKeptWhenACutPointMovesALittleAndChangesWhenItMovesFar() {
    Quintiles quintiles =
        new Quintiles(
            List.of(8L, 18L, 28L, 38L), List.of(10L, 20L, 30L, 40L), List.of(12L, 22L, 32L, 42L));
    assertThat(quintiles.score(20)).isEqualTo(2);
    assertThat(quintiles.score(21)).isEqualTo(3);
    assertThat(quintiles.scoreHeld(19, 3)).isEqualTo(3);
    assertThat(quintiles.scoreHeld(21, 2)).isEqualTo(2);
    assertThat(quintiles.scoreHeld(18, 3)).isEqualTo(2);
    assertThat(quintiles.scoreHeld(23, 2)).isEqualTo(3);
    assertThat(quintiles.scoreHeld(50, 1)).isEqualTo(5);
  }

  @Property
  void aScoreHoldsExactlyIfScoringAgainWouldGiveIt(
      @ForAll @Size(12) List<@IntRange(max = 20) Integer> values,
      @ForAll @IntRange(max = 21) int value,
      @ForAll @IntRange(min = 1, max = 5) int score) {
    List<Long> ascending = values.stream().map(Integer::longValue).sorted().toList();
    Quintiles quintiles =
        new Quintiles(everyThird(ascending, 0), everyThird(ascending, 1), everyThird(ascending, 2));
    assertThat(quintiles.holds(value, score)).isEqualTo(quintiles.scoreHeld(value, score) == score);
    assertThat(quintiles.holds(value, quintiles.score(value))).isTrue();
  }

  private static List<Long> everyThird(List<Long> values, int first) {
    return IntStream.range(0, Quintiles.CUTS).mapToObj(i -> values.get(3 * i + first)).toList();
  }
}
