package dev.lifesign.app.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Whether an instance does its work: it runs, its state is restored, and the brokers of its inputs
 * answer.
 *
 * @param live false where only a restart of the process can help
 * @param reasons why it is not ready, a sentence each; empty if it is
 */
public record Readiness(boolean live, List<String> reasons) {

  /** Keeps its own copy. */
  public Readiness {
    reasons = List.copyOf(reasons);
  }

  /** The readiness of a pipeline; empty before it is started. */
  public static Readiness of(Optional<LivePipeline> pipeline) {
    if (pipeline.isEmpty()) {
      return new Readiness(true, List.of("The pipeline is starting"));
    }
    LivePipeline started = pipeline.get();
    List<String> reasons = new ArrayList<>();
    KafkaStreams.State state = started.runner().streams().state();
    if (state != KafkaStreams.State.RUNNING) {
      reasons.add("Kafka Streams is " + state);
    }
    started.runner().failureSentence().ifPresent(why -> reasons.add("It stopped: " + why));
    RestoreBoard restores = started.runner().restores();
    if (restores.isRestoring()) {
      RestoreBoard.Restore left = restores.remaining();
      reasons.add(
          "State is being restored: %d of %d records, %d %%"
              .formatted(left.done(), left.total(), restores.percent()));
    }
    Set<TopicPartition> offline = started.gate().offline();
    if (!offline.isEmpty()) {
      reasons.add("These partitions do not answer, and their tasks stand: " + offline);
    }
    boolean live = started.runner().failure().isEmpty() && state != KafkaStreams.State.ERROR;
    return new Readiness(live, reasons);
  }

  /** Whether it does its work. */
  public boolean ready() {
    return reasons.isEmpty();
  }
}
