package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.Names;
import dev.lifesign.lab.UserError;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start if state exists but committed offsets are missing, because events read before
 * would then count twice. Offsets expire after days without activity, and can be deleted per topic.
 *
 * <p>Kafka Streams commits an offset for a partition only after reading a record of it, so a
 * partition without an offset may never have been read. The first start therefore commits the
 * beginning of every partition that it will read; from then on, a partition without an offset has
 * lost it. Only committed records count as state: a first run that was killed before its first
 * commit leaves records that have no effect, and may start again.
 */
final class OffsetCheck {

  private static final Logger LOG = LoggerFactory.getLogger(OffsetCheck.class);

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
   * Runs the check; the topics must exist.
   *
   * @throws UserError if a partition has state, but one of its topics has records and no committed
   *     offset
   */
  void run(int partitions) {
    try {
      Set<TopicPartition> uncommitted =
          uncommitted(partitions, new ListConsumerGroupOffsetsOptions());
      if (uncommitted.isEmpty()) {
        return;
      }
      Set<TopicPartition> lost = lost(uncommitted);
      if (!lost.isEmpty()) {
        // A commit of state and offsets may be in progress; its offsets are visible once it ends.
        ListConsumerGroupOffsetsOptions stable = new ListConsumerGroupOffsetsOptions();
        stable.requireStable(true).timeoutMs(STABLE_MILLIS);
        uncommitted = uncommitted(partitions, stable);
        lost.retainAll(uncommitted);
      }
      if (!lost.isEmpty()) {
        throw new UserError(
            "%s has state but no committed offsets for these partitions: %s; events that were read before would count twice. If a topic was never read, set its offsets to the beginning (kafka-consumer-groups.sh --group %s --topic TOPIC --reset-offsets --to-earliest --execute); otherwise reset the state (lifesign state reset) to read all events again"
                .formatted(settings.applicationId(), shown(lost), settings.applicationId()));
      }
      commitBeginnings(uncommitted);
    } catch (ExecutionException e) {
      throw new UserError("Could not read the committed offsets: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The partitions of the input topics and of the control topic without a committed offset. */
  private Set<TopicPartition> uncommitted(int partitions, ListConsumerGroupOffsetsOptions options)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(settings.applicationId(), options)
            .partitionsToOffsetAndMetadata()
            .get();
    return topics()
        .flatMap(
            topic ->
                IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition)))
        .filter(place -> committed.get(place) == null)
        .collect(Collectors.toSet());
  }

  private Stream<String> topics() {
    return Stream.concat(
        settings.topics().names().inputs().stream(),
        Stream.of(settings.topics().names().control()));
  }

  /** The partitions whose records may have been counted already: there is state, but no offset. */
  private Set<TopicPartition> lost(Set<TopicPartition> uncommitted)
      throws ExecutionException, InterruptedException {
    String changelog = settings.applicationId() + "-" + Names.CUSTOMERS + "-changelog";
    if (!admin.listTopics().names().get().contains(changelog)) {
      return new HashSet<>();
    }
    Set<Integer> withState =
        withState(
            changelog,
            uncommitted.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
    long all = topics().count();
    Map<Integer, Long> missing =
        uncommitted.stream()
            .collect(Collectors.groupingBy(TopicPartition::partition, Collectors.counting()));
    Map<TopicPartition, Long> beginnings = offsets(uncommitted, OffsetSpec.earliest());
    Map<TopicPartition, Long> ends = offsets(uncommitted, OffsetSpec.latest());
    // An empty topic has nothing to count twice, unless the partition has lost all its offsets.
    Predicate<TopicPartition> hasRecords =
        place -> beginnings.get(place) < ends.get(place) || missing.get(place.partition()) == all;
    return uncommitted.stream()
        .filter(place -> withState.contains(place.partition()))
        .filter(hasRecords)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private Map<TopicPartition, Long> offsets(Set<TopicPartition> places, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    places.forEach(place -> asked.put(place, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each :
        admin.listOffsets(asked).all().get().entrySet()) {
      offsets.put(each.getKey(), each.getValue().offset());
    }
    return offsets;
  }

  /** The partitions with a committed record in the changelog. */
  private Set<Integer> withState(String changelog, Set<Integer> partitions) {
    Set<Integer> found = new HashSet<>();
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

  private void commitBeginnings(Set<TopicPartition> places)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
    offsets(places, OffsetSpec.earliest())
        .forEach((place, offset) -> begin.put(place, new OffsetAndMetadata(offset)));
    try {
      admin.alterConsumerGroupOffsets(settings.applicationId(), begin).all().get();
    } catch (ExecutionException e) {
      boolean othersRun =
          e.getCause() instanceof UnknownMemberIdException
              || e.getCause() instanceof GroupNotEmptyException;
      if (!othersRun) {
        throw e;
      }
      LOG.warn(
          "The starting offsets of {} could not be committed, since other instances are running; if"
              + " their build does not commit them either, stop all instances and start this build once",
          shown(places));
    }
  }

  private static String shown(Set<TopicPartition> places) {
    return places.stream()
        .collect(
            Collectors.groupingBy(
                TopicPartition::topic,
                TreeMap::new,
                Collectors.mapping(
                    TopicPartition::partition,
                    Collectors.collectingAndThen(
                        Collectors.toList(), numbers -> numbers.stream().sorted().toList()))))
        .entrySet()
        .stream()
        .map(topic -> topic.getKey() + " " + topic.getValue())
        .collect(Collectors.joining(", "));
  }
}
