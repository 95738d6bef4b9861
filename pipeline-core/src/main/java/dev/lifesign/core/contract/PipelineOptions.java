package dev.lifesign.core.contract;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import java.time.Duration;

/**
 * What the topology needs to know besides its brokers.
 *
 * @param topics the names of the topics
 * @param firstPolicy the policy that holds from the beginning of time, until the log names others
 * @param partitions of every input topic and of the control topic
 * @param checkPartition whether a record must lie in the partition that murmur2 gives its key
 * @param ticks whether and when tasks write ticks
 * @param takesCuts whether the population's cut points are taken, where a policy wants them; a log
 *     may have them already
 * @param published what is published of the decisions
 * @param observer is told what happens
 */
public record PipelineOptions(
    Topics topics,
    Policy firstPolicy,
    int partitions,
    boolean checkPartition,
    Ticks ticks,
    boolean takesCuts,
    Published published,
    PipelineObserver observer) {

  /** A producer's default delivery timeout. */
  public static final Duration DEFAULT_SETTLE = Duration.ofMinutes(2);

  /**
   * Ticks.
   *
   * @param live whether tasks write them by the wall clock; a replay's log has its own
   * @param settle how long a task writes none after a gap in them
   * @param gate says whether a partition may tick
   */
  public record Ticks(boolean live, Duration settle, TickGate gate) {

    /** For a log that has its own. */
    public static final Ticks OF_LOG = new Ticks(false, DEFAULT_SETTLE, TickGate.OPEN);
  }

  /**
   * What is published.
   *
   * @param from what became true before this instant is stored but not published, so that a run
   *     that reprocesses history repeats nothing to consumers; NEVER to publish everything
   * @param profiles whether each customer's profile is published as it changes; everything else
   *     that is published, and what can be asked for, is the same
   */
  public record Published(long from, boolean profiles) {

    /** Everything. */
    public static final Published ALL = new Published(Instants.NEVER, true);
  }

  /** For a log that has its own ticks and cut points: a replay, a demo, a test. */
  public static PipelineOptions ofLog(Policy policy, int partitions, PipelineObserver observer) {
    return new PipelineOptions(
        Topics.STANDARD, policy, partitions, true, Ticks.OF_LOG, false, Published.ALL, observer);
  }
}
