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
 * The records that operators have named to be skipped, in a topic of their own. An instance reads
 * all of it before it starts, so that a skip is known before the record is reached.
 */
public final class SkipLog {

  private final Admin admin;
  private final Connections connections;
  private final Settings settings;
  private final Topics topics;

  /** The log of an application. */
  public SkipLog(Admin admin, Connections connections, Settings settings) {
    this.admin = admin;
    this.connections = connections;
    this.settings = settings;
    this.topics = settings.topics().names();
  }

  /** All that are named, of topics that were not made anew since. */
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
   * Names a record.
   *
   * @throws UserError if there is no such record still to be processed
   */
  public void add(Place place, Skip skip) {
    if (topics.family(place.topic()).isEmpty()) {
      throw new UserError(
          "Expected an input topic, one of %s, but it is %s; only events can be skipped"
              .formatted(String.join(", ", topics.inputs()), place.topic()));
    }
    if (skip.reason().isBlank()) {
      throw new UserError(
          "Expected a reason, but it is blank; say with --reason why the record is skipped");
    }
    TopicDescription topic = describe(place.topic());
    int partitions = topic.partitions().size();
    if (place.partition() < 0 || place.partition() >= partitions) {
      throw new UserError(
          "Expected a partition from 0 to %d of %s, but it is %d; the log line of the failure names it"
              .formatted(partitions - 1, place.topic(), place.partition()));
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
          "Expected an offset that %s holds, which are %d to %d, but it is %d; the log line of the failure names it"
              .formatted(partition, first, end - 1, place.offset()));
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
          "Expected a record that is still to be processed, but %s has processed %s up to offset %d; there is nothing to skip"
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
        // Deleted, and so is what was to be skipped.
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
              ? "make the topics with lifesign topics create"
              : "check what the brokers allow this client";
      throw new UserError(
          "Expected the brokers to %s, but: %s; %s"
              .formatted(purpose, e.getCause().getMessage(), advice),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** A skip that is named now. */
  public static Skip now(String by, String reason) {
    return new Skip(by, Instant.now(), reason);
  }
}
