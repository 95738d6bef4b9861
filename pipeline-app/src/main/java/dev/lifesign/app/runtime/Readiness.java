package dev.lifesign.app.runtime;

import dev.lifesign.domain.time.Instants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Whether an instance does its work: it is running and makes progress, its state is restored and
 * recent enough for queries, and the brokers of its inputs answer.
 *
 * @param live false if only a restart of the process can help
 * @param reasons why it is not ready, one sentence each; empty if it is ready
 */
public record Readiness(boolean live, List<String> reasons) {

  /** Keeps its own copy. */
  public Readiness {
    reasons = List.copyOf(reasons);
  }

  /** The readiness before the pipeline has started. */
  public static Readiness starting() {
    return new Readiness(true, List.of("The pipeline is starting"));
  }

  /**
   * The readiness of a started pipeline.
   *
   * @param stall a sentence about a stalled task, if there is one
   * @param stale why queries to this instance are refused, if they are
   */
  public static Readiness of(
      LivePipeline pipeline, Optional<String> stall, Optional<String> stale) {
    List<String> reasons = new ArrayList<>();
    KafkaStreams.State state = pipeline.runner().streams().state();
    if (state != KafkaStreams.State.RUNNING) {
      reasons.add("Kafka Streams is " + state);
    }
    pipeline
        .runner()
        .failureSentence()
        .ifPresent(why -> reasons.add("The pipeline stopped: " + why));
    RestoreProgress restores = pipeline.runner().restores();
    if (restores.isRestoring()) {
      RestoreProgress.Restore left = restores.remaining();
      reasons.add(
          "State is being restored: %d of %d records, %d %%"
              .formatted(left.done(), left.total(), restores.percent()));
    }
    Set<TopicPartition> offline = pipeline.gate().offline();
    if (!offline.isEmpty()) {
      reasons.add("The brokers of these partitions do not answer, so their tasks wait: " + offline);
    }
    stall.ifPresent(reasons::add);
    stale.ifPresent(reasons::add);
    boolean live =
        pipeline.runner().failure().isEmpty()
            && state != KafkaStreams.State.ERROR
            && stall.isEmpty();
    return new Readiness(live, reasons);
  }

  /**
   * The reason to refuse queries if the state of every task here is too old. An instance without
   * tasks forwards queries, and one with a task whose state is recent enough answers from that
   * task.
   *
   * @param places the progress of the tasks
   * @param maxStale how old the state may be
   * @param now the wall clock, milliseconds since 1970
   */
  public static Optional<String> stale(
      List<TaskProgress.Place> places, Duration maxStale, long now) {
    long newest = places.stream().mapToLong(TaskProgress.Place::lastTick).max().orElse(now);
    if (newest != Instants.NEVER && now - newest <= maxStale.toMillis()) {
      return Optional.empty();
    }
    return Optional.of(
        newest == Instants.NEVER
            ? "No tick has been read yet; queries are refused until one is read"
            : "The newest state here is as of %s, older than http.maxStale (%s); queries are refused until ticks are read again"
                .formatted(Instant.ofEpochMilli(newest), maxStale));
  }

  /** Whether the instance does its work. */
  public boolean ready() {
    return reasons.isEmpty();
  }
}
