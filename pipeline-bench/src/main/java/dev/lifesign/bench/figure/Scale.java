package dev.lifesign.bench.figure;

import dev.lifesign.bench.job.Job;
import java.time.Duration;

/**
 * How large a benchmark is.
 *
 * @param rounds of every comparison
 * @param whole the job of Lifesign and the floors, evenly spread; {@link #skewed} is its twin
 * @param sample the job on which slower entrants are compared, of the same shape
 * @param small the job on which hopping windows are compared: 2 % of the whole
 * @param most the most customers of any figure; the last power of ten of the growth
 * @param many the customers on whom events fall, for whom ticks with nothing due come, and whose
 *     state is restored
 * @param budget of one run of an entrant
 * @param liveSeconds how long a live run is measured
 */
public record Scale(
    int rounds,
    Job whole,
    Job sample,
    Job small,
    int most,
    int many,
    Duration budget,
    int liveSeconds) {

  private static final int PARTITIONS = 4;

  /** A tick an hour for each partition is most of the work of a short job. */
  private static final int FEW_PARTITIONS = 2;

  private static final long FEWEST_BY_TURNS = 75_000;

  private static final long SEED = 1;

  /** For correctness only: minutes, one round. */
  public static final Scale SHORT =
      new Scale(
          1,
          new Job(2_000, 10_000, 0, FEW_PARTITIONS, SEED),
          new Job(2_000, 10_000, 0, FEW_PARTITIONS, SEED),
          new Job(200, 1_000, 0, FEW_PARTITIONS, SEED),
          20_000,
          20_000,
          Duration.ofMinutes(3),
          5);

  /** Half an hour on two cores. */
  public static final Scale STANDARD =
      new Scale(
          5,
          new Job(200_000, 1_000_000, 0, PARTITIONS, SEED),
          new Job(20_000, 100_000, 0, PARTITIONS, SEED),
          new Job(4_000, 20_000, 0, PARTITIONS, SEED),
          1_000_000,
          2_000_000,
          Duration.ofMinutes(8),
          8);

  /** As long as it takes. */
  public static final Scale LARGE =
      new Scale(
          3,
          new Job(2_000_000, 10_000_000, 0, PARTITIONS, SEED),
          new Job(200_000, 1_000_000, 0, PARTITIONS, SEED),
          new Job(40_000, 200_000, 0, PARTITIONS, SEED),
          10_000_000,
          2_000_000,
          Duration.ofHours(2),
          60);

  /** The same with another number of rounds. */
  public Scale withRounds(int other) {
    return new Scale(other, whole, sample, small, most, many, budget, liveSeconds);
  }

  /** A tenth of the whole job, with events that fall on few customers most of the time. */
  public Job skewed() {
    return new Job(
        whole.customers() / 10, whole.events() / 10, 0.8, whole.partitions(), whole.seed());
  }

  /** Half of the whole job. */
  public Job half() {
    return new Job(whole.customers() / 2, whole.events() / 2, 0, whole.partitions(), whole.seed());
  }

  /** A part of the whole job that happens within half a day, so that nobody is touched daily. */
  public Job halfDay() {
    return new Job(
        whole.customers(), whole.events() * 4 / 5, 0, whole.partitions(), whole.seed(), 12);
  }

  /**
   * The same where customers are regulars: fifty events each, and seventeen orders. Most of them
   * until code is compiled, and enough for turns of seconds.
   */
  public Job halfDayOfRegulars() {
    return new Job(whole.customers(), whole.events() * 10, 0, whole.partitions(), whole.seed(), 12);
  }

  /**
   * Customers with two and a half deadlines each in a year of silence: five for each of the whole.
   */
  public int fallingSilent() {
    return whole.customers() * 2 + whole.customers() / 10;
  }

  /** Customers of the whole job, introduced, and nothing else. */
  public Job introductions(int customers) {
    return new Job(customers, 0, 0, PARTITIONS, SEED);
  }

  /**
   * More events than the whole job has within half a day, on so many customers: half of them until
   * code is compiled, which takes as long however many customers there are. Never so few that a
   * process is done with them before it can be held.
   */
  public Job onExisting(int customers) {
    long events = Math.max(FEWEST_BY_TURNS, whole.events() * 3 / 2);
    return new Job(customers, events, 0, PARTITIONS, SEED, 12);
  }

  /** The events of the sample on so many customers. */
  public Job onCustomers(int customers) {
    return new Job(customers, sample.events(), 0, PARTITIONS, SEED + 1);
  }
}
