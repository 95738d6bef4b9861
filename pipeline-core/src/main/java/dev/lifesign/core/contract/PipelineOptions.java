package dev.lifesign.core.contract;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import java.time.Duration;

/**
 * What the topology needs to know beside its brokers.
 *
 * @param topics the names of the topics
 * @param firstPolicy the policy that holds from the beginning of time, until the log names others
 * @param partitions of every input topic and of the control topic
 * @param checkPartition whether a record must lie in the partition that murmur2 gives its key
 * @param liveTicks whether tasks write ticks by the wall clock; a replay's log has its own
 * @param takesCuts whether the population's cut points are taken, where a policy wants them; a log
 *     may have them already
 * @param settle how long a task writes no ticks after a gap in them
 * @param mutedUntil what became true before this instant is kept and not told, so that a run that
 *     reprocesses history tells consumers nothing again; NEVER to tell all
 * @param tellsProfiles whether the profile of each customer is told as it changes; what else is
 *     told and what can be asked for is the same
 * @param gate says whether a partition may tick
 * @param observer is told what happens
 */
public record PipelineOptions(
    Topics topics,
    Policy firstPolicy,
    int partitions,
    boolean checkPartition,
    boolean liveTicks,
    boolean takesCuts,
    Duration settle,
    long mutedUntil,
    boolean tellsProfiles,
    TickGate gate,
    PipelineObserver observer) {

  /** A producer's default delivery timeout. */
  public static final Duration DEFAULT_SETTLE = Duration.ofMinutes(2);

  /** For a log that has its own ticks and cut points: a replay, a demo, a test. */
  public static PipelineOptions ofLog(Policy policy, int partitions, PipelineObserver observer) {
    return new PipelineOptions(
        Topics.STANDARD,
        policy,
        partitions,
        true,
        false,
        false,
        DEFAULT_SETTLE,
        Instants.NEVER,
        true,
        TickGate.OPEN,
        observer);
  }
}
