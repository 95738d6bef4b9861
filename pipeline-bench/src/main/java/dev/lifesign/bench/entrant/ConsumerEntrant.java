package dev.lifesign.bench.entrant;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.StreamsProperties;
import dev.lifesign.core.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The lower bound for any consumer: polls the same partitions with Lifesign's fetch settings and
 * number of threads, with or without decoding.
 */
final class ConsumerEntrant implements Entrant {

  private final boolean decode;

  ConsumerEntrant(boolean decode) {
    this.decode = decode;
  }

  @Override
  public void run(EntrantRun run, Progress progress) {
    int threads = Runtime.getRuntime().availableProcessors();
    ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int part = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  read(run, progress, part, threads);
                } catch (RuntimeException e) {
                  failures.add(e);
                }
              },
              "floor-" + i);
      thread.setDaemon(true);
      all.add(thread);
    }
    all.forEach(Thread::start);
    progress.await(
        () -> {
          if (!failures.isEmpty()) {
            throw failures.remove();
          }
        });
  }

  private void read(EntrantRun run, Progress progress, int part, int parts) {
    Settings settings = StreamsSetup.settings(run, false);
    Deserializer<SpecificRecord> deserializer =
        new Connections(settings).serdes().create().deserializer();
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : new Topics(run.inputs(), run.outputs()).inputs()) {
      for (int partition = part; partition < run.job().partitions(); partition += parts) {
        partitions.add(new TopicPartition(topic, partition));
      }
    }
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            consumerSettings(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (progress.done() < run.job().total()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (decode) {
            deserializer.deserialize(record.topic(), record.value());
          }
          progress.count();
        }
      }
    }
  }

  /** The settings that Kafka Streams gives to its own consumer. */
  private static Map<String, Object> consumerSettings(Settings settings) {
    Properties properties = StreamsProperties.of(settings, Optional.empty());
    Map<String, Object> consumer =
        new HashMap<>(new StreamsConfig(properties).getMainConsumerConfigs("floor", "floor", 0));
    consumer.keySet().removeIf(key -> !ConsumerConfig.configNames().contains(key));
    consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
    consumer.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    consumer.remove(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
    return consumer;
  }
}
