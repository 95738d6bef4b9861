package dev.lifesign.bench.figure;

import dev.lifesign.bench.job.Job;
import java.time.Duration;

/**
 * The scale of a benchmark.
 *
 * @param rounds the number of rounds per comparison
 * @param whole the job for Lifesign and the bounds, spread evenly; {@link #skewed} is its skewed
 *     counterpart
 * @param sample the job for comparisons with slower entrants, of the same shape
 * @param small the job for comparisons with hopping windows: 2 % of the whole
 * @param most the highest number of customers in any figure, a power of ten
 * @param many the number of customers for the figures on events, idle ticks and restores
 * @param budget the time limit for one run of an entrant
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

  /** In a short job most of the work is one tick per hour and partition. */
  private static final int FEW_PARTITIONS = 2;

  private static final long FEWEST_BY_TURNS = 75_000;

  private static final long SEED = 1;

  /** For correctness only: takes minutes, one round. */
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

  /** Takes half an hour on two cores. */
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

  /** Has no time limit. */
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

  /** The same scale with another number of rounds. */
  public Scale withRounds(int other) {
    return new Scale(other, whole, sample, small, most, many, budget, liveSeconds);
  }

  /** A tenth of the whole job, in which few customers have most of the events. */
  public Job skewed() {
    return new Job(
        whole.customers() / 10, whole.events() / 10, 0.8, whole.partitions(), whole.seed());
  }

  /** Half of the whole job. */
  public Job half() {
    return new Job(whole.customers() / 2, whole.events() / 2, 0, whole.partitions(), whole.seed());
  }

  /** A part of the whole job within half a day, so that no customer has a daily deadline. */
  public Job halfDay() {
    return new Job(
        whole.customers(), whole.events() * 4 / 5, 0, whole.partitions(), whole.seed(), 12);
  }

  /**
   * The same for regular customers, with fifty events each, seventeen of them orders. Most of the
   * events are needed until code is compiled; the rest is enough for turns of seconds.
   */
  public Job halfDayOfRegulars() {
    return new Job(whole.customers(), whole.events() * 10, 0, whole.partitions(), whole.seed(), 12);
  }

  /**
   * The number of customers that fall silent. Each has two and a half deadlines in a year of
   * silence, which makes five per customer of the whole job.
   */
  public int fallingSilent() {
    return whole.customers() * 2 + whole.customers() / 10;
  }

  /** A job that only introduces the given number of customers. */
  public Job introductions(int customers) {
    return new Job(customers, 0, 0, PARTITIONS, SEED);
  }

  /**
   * A job within half a day, on the given number of existing customers, with more events than the
   * whole job. Half of the events are needed until code is compiled, whatever the number of
   * customers. There are always enough that a process can be paused before it is done.
   */
  public Job onExisting(int customers) {
    long events = Math.max(FEWEST_BY_TURNS, whole.events() * 3 / 2);
    return new Job(customers, events, 0, PARTITIONS, SEED, 12);
  }

  /** The events of the sample on the given number of customers. */
  public Job onCustomers(int customers) {
    return new Job(customers, sample.events(), 0, PARTITIONS, SEED + 1);
  }
}
