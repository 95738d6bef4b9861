package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.Skips.Place;
import dev.lifesign.core.contract.Skips.Skip;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.SkippedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The records that operators have marked to be skipped, in a separate topic. An instance reads all
 * of it before it starts, so that a skip is known before the record is reached.
 */
public final class SkipLog {

  private final Admin admin;
  private final Connections connections;
  private final Settings settings;
  private final Topics topics;

  /** Creates the log of an application. */
  public SkipLog(Admin admin, Connections connections, Settings settings) {
    this.admin = admin;
    this.connections = connections;
    this.settings = settings;
    this.topics = settings.topics().names();
  }

  /** All skips, except for those of topics that were recreated since. */
  public Map<Place, Skip> read() {
    Map<Place, Skip> skips = new HashMap<>();
    Map<String, String> ids = new HashMap<>();
    connections.readAll(
        List.of(topics.skips()),
        value -> {
          if (value instanceof SkippedRecord skip
              && ids.computeIfAbsent(skip.getTopic(), this::idOf).equals(skip.getTopicId())) {
            skips.put(
                new Place(skip.getTopic(), skip.getPartition(), skip.getOffset()),
                new Skip(skip.getBy(), skip.getAt(), skip.getReason()));
          }
        });
    return skips;
  }

  /**
   * Marks a record to be skipped.
   *
   * @throws UserError if the record does not exist or has been processed already
   */
  public void add(Place place, Skip skip) {
    if (!topics.inputs().contains(place.topic())) {
      throw new UserError(
          "%s is not an input topic; the input topics are %s"
              .formatted(place.topic(), String.join(", ", topics.inputs())));
    }
    if (skip.reason().isBlank()) {
      throw new UserError("The reason is blank; state with --reason why the record is skipped");
    }
    TopicDescription topic = describe(place.topic());
    int partitions = topic.partitions().size();
    if (place.partition() < 0 || place.partition() >= partitions) {
      throw new UserError(
          "%s has no partition %d, only 0 to %d; the log line of the failure names the partition"
              .formatted(place.topic(), place.partition(), partitions - 1));
    }
    requireOffset(place);
    SkippedRecord record =
        new SkippedRecord(
            place.topic(),
            topic.topicId().toString(),
            place.partition(),
            place.offset(),
            skip.by(),
            skip.at(),
            skip.reason());
    try (KafkaProducer<byte[], byte[]> producer = connections.producer(Map.of())) {
      answer(
          "write to " + topics.skips(),
          () ->
              producer
                  .send(
                      new ProducerRecord<>(
                          topics.skips(),
                          place.toString().getBytes(StandardCharsets.UTF_8),
                          connections
                              .serdes()
                              .create()
                              .serializer()
                              .serialize(topics.skips(), record)))
                  .get());
    }
  }

  private void requireOffset(Place place) {
    TopicPartition partition = new TopicPartition(place.topic(), place.partition());
    long first = offset(partition, OffsetSpec.earliest());
    long end = offset(partition, OffsetSpec.latest());
    if (place.offset() < first || place.offset() >= end) {
      throw new UserError(
          "%s has no offset %d, only %d to %d; the log line of the failure names the offset"
              .formatted(partition, place.offset(), first, end - 1));
    }
    OffsetAndMetadata committed =
        answer(
                "read the offsets of " + settings.applicationId(),
                admin
                    .listConsumerGroupOffsets(settings.applicationId())
                    .partitionsToOffsetAndMetadata())
            .get(partition);
    if (committed != null && committed.offset() > place.offset()) {
      throw new UserError(
          "%s has processed %s up to offset %d already; there is nothing to skip"
              .formatted(settings.applicationId(), partition, committed.offset() - 1));
    }
  }

  private long offset(TopicPartition partition, OffsetSpec spec) {
    return answer(
            "read the offsets of " + partition,
            admin.listOffsets(Map.of(partition, spec)).partitionResult(partition))
        .offset();
  }

  private String idOf(String topic) {
    try {
      return describe(topic).topicId().toString();
    } catch (UserError e) {
      if (isUnknownTopic(e)) {
        // The topic was deleted together with the record to skip.
        return "";
      }
      throw e;
    }
  }

  private static boolean isUnknownTopic(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownTopicOrPartitionException) {
        return true;
      }
    }
    return false;
  }

  private TopicDescription describe(String topic) {
    return answer("describe " + topic, admin.describeTopics(List.of(topic)).allTopicNames())
        .get(topic);
  }

  private static <T> T answer(String purpose, KafkaFuture<T> future) {
    return answer(purpose, future::get);
  }

  private interface Asked<T> {
    T get() throws ExecutionException, InterruptedException;
  }

  private static <T> T answer(String purpose, Asked<T> asked) {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      String advice =
          e.getCause() instanceof UnknownTopicOrPartitionException
              ? "create the topics with lifesign topics create"
              : "check the permissions of this client";
      throw new UserError(
          "Could not %s: %s; %s".formatted(purpose, e.getCause().getMessage(), advice), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Creates a skip with the current time. */
  public static Skip now(String by, String reason) {
    return new Skip(by, Instant.now(), reason);
  }
}
