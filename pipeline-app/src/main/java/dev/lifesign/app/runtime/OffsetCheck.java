package dev.lifesign.app.runtime;

import dev.lifesign.app.UserError;
import dev.lifesign.app.config.Settings;
import dev.lifesign.core.streams.PipelineTopology;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets expire after idle days; with state still there, all history would count twice. State is
 * what was committed: a first run that was killed before its first commit leaves records that count
 * for nothing, and no offsets, and may start again.
 */
final class OffsetCheck {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final int STABLE_MILLIS = 11_000;

  private final Admin admin;
  private final Connections connections;
  private final Settings settings;

  OffsetCheck(Admin admin, Connections connections, Settings settings) {
    this.admin = admin;
    this.connections = connections;
    this.settings = settings;
  }

  /**
   * Runs it.
   *
   * @throws UserError if a partition has state and no committed offset
   */
  void run(int partitions) {
    String changelog = settings.applicationId() + "-" + PipelineTopology.CUSTOMERS + "-changelog";
    try {
      if (!admin.listTopics().names().get().contains(changelog)) {
        return;
      }
      Set<Integer> lost = uncommitted(partitions, new ListConsumerGroupOffsetsOptions());
      lost.retainAll(withState(changelog, lost));
      if (!lost.isEmpty()) {
        // The commit of both may be going on: then its offsets are about to be seen.
        ListConsumerGroupOffsetsOptions stable = new ListConsumerGroupOffsetsOptions();
        stable.requireStable(true).timeoutMs(STABLE_MILLIS);
        lost.retainAll(uncommitted(partitions, stable));
      }
      if (!lost.isEmpty()) {
        throw new UserError(
            "Expected committed offsets beside the state of %s, but these partitions have none: %s; all their events would count twice. Reset the state (lifesign state reset), or set the offsets"
                .formatted(
                    settings.applicationId(),
                    lost.stream().map(String::valueOf).collect(Collectors.joining(", "))));
      }
    } catch (ExecutionException e) {
      throw new UserError(
          "Expected the brokers to tell committed offsets, but: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The partitions of which no input has a committed offset. */
  private Set<Integer> uncommitted(int partitions, ListConsumerGroupOffsetsOptions options)
      throws ExecutionException, InterruptedException {
    Set<Integer> uncommitted =
        IntStream.range(0, partitions).boxed().collect(Collectors.toCollection(TreeSet::new));
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(settings.applicationId(), options)
            .partitionsToOffsetAndMetadata()
            .get();
    committed.forEach(
        (place, offset) -> {
          if (offset != null) {
            uncommitted.remove(place.partition());
          }
        });
    return uncommitted;
  }

  /** The partitions in which a record of the changelog is committed. */
  private Set<Integer> withState(String changelog, Set<Integer> partitions) {
    Set<Integer> found = new HashSet<>();
    if (partitions.isEmpty()) {
      return found;
    }
    List<TopicPartition> places =
        partitions.stream().map(partition -> new TopicPartition(changelog, partition)).toList();
    try (KafkaConsumer<byte[], byte[]> consumer = connections.consumer()) {
      consumer.assign(places);
      consumer.seekToBeginning(places);
      Map<TopicPartition, Long> ends = consumer.endOffsets(places);
      while (places.stream()
          .anyMatch(
              place ->
                  !found.contains(place.partition())
                      && consumer.position(place) < ends.get(place))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          found.add(record.partition());
        }
      }
    }
    return found;
  }
}
