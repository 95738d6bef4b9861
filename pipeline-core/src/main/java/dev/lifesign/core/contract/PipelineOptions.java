package dev.lifesign.core.contract;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The options of the topology, except for those of the Kafka clients.
 *
 * @param topics the names of the topics
 * @param firstPolicy the policy that applies from the beginning of time until the log contains
 *     others
 * @param partitions the number of partitions of every input topic and of the control topic
 * @param checkPartition whether a record must be in the partition that murmur2 assigns to its key
 * @param ticks whether and when tasks write ticks
 * @param takesCuts whether to take the population's cut points if a policy needs them; the log of a
 *     replay may have them already
 * @param published which decisions are published
 * @param erasing what happens when a customer is erased
 * @param observer receives notice of what happens
 */
public record PipelineOptions(
    Topics topics,
    Policy firstPolicy,
    int partitions,
    boolean checkPartition,
    Ticks ticks,
    boolean takesCuts,
    Published published,
    Erasing erasing,
    PipelineObserver observer) {

  /** The default for {@code settle}, which equals a producer's default delivery timeout. */
  public static final Duration DEFAULT_SETTLE = Duration.ofMinutes(2);

  /**
   * Ticks.
   *
   * @param live whether tasks write ticks by the wall clock; the log of a replay has its own
   * @param settle how long a task writes no ticks after a gap in them
   * @param gate decides whether a partition may tick
   */
  public record Ticks(boolean live, Duration settle, TickGate gate) {

    /** For a log that contains ticks. */
    public static final Ticks OF_LOG = new Ticks(false, DEFAULT_SETTLE, TickGate.OPEN);
  }

  /**
   * What is published.
   *
   * @param from facts that became true before this instant are stored but not published, so that a
   *     run that reprocesses history does not publish them again; NEVER to publish everything
   * @param profiles whether changed profiles are published; other outputs, the tombstones of erased
   *     customers and queries are not affected
   */
  public record Published(long from, boolean profiles) {

    /** Everything. */
    public static final Published ALL = new Published(Instants.NEVER, true);
  }

  /**
   * What happens when a customer is erased.
   *
   * @param dropsFor how long what arrives about the customer is dropped; after that it begins a new
   *     customer
   * @param retention the topics that keep facts about the customer, in the order in which an answer
   *     names them, and for how long at most; empty for ever
   */
  public record Erasing(Duration dropsFor, Map<String, Optional<Duration>> retention) {

    /** For 30 days, without topics that are known. */
    public static final Erasing DEFAULT = new Erasing(Duration.ofDays(30), Map.of());

    /** Keeps its own copy. */
    public Erasing {
      retention = Collections.unmodifiableMap(new LinkedHashMap<>(retention));
    }
  }

  /** The options for a log that contains ticks and cut points: a replay, a demo or a test. */
  public static PipelineOptions ofLog(Policy policy, int partitions, PipelineObserver observer) {
    return new PipelineOptions(
        Topics.STANDARD,
        policy,
        partitions,
        true,
        Ticks.OF_LOG,
        false,
        Published.ALL,
        Erasing.DEFAULT,
        observer);
  }
}
