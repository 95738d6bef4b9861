package dev.lifesign.app.runtime;

import dev.lifesign.core.contract.PipelineOptions;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients of Kafka Streams: the usual ones, except for the main consumer. */
final class PipelineClients implements KafkaClientSupplier {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineClients.class);

  private final PipelineOptions options;
  private final HiddenRecords hidden;

  /**
   * Creates the clients of one pipeline.
   *
   * @param options its topics and its observer
   * @param hidden keeps the waits of its tasks for hidden records
   */
  PipelineClients(PipelineOptions options, HiddenRecords hidden) {
    this.options = options;
    this.hidden = hidden;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new InputConsumer(
        config, Set.copyOf(options.topics().inputs()), hidden, this::noteSkipped);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void noteSkipped(TopicPartition place, long expected, long found) {
    if (found < expected) {
      LOG.error(
          "{} ends before the next offset to read, {}: the topic was recreated, or its brokers"
              + " lost its end. It is read again from offset {}, and events older than a customer's"
              + " last 64 count twice",
          place,
          expected,
          found);
      return;
    }
    LOG.error(
        "Offsets {} to {} of {} were deleted before they were read: up to {} records are lost;"
            + " raise the topic's retention.ms, and reprocess if they can be sent again",
        expected,
        found - 1,
        place,
        found - expected);
    options
        .observer()
        .lost(options.topics().family(place.topic()), place.partition(), found - expected);
  }
}
