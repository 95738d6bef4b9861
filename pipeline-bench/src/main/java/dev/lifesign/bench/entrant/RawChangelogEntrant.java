package dev.lifesign.bench.entrant;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.StreamsProperties;
import dev.lifesign.core.contract.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The lower bound for a restore: polls the same changelogs with the settings of the restore
 * consumer, and optionally puts the records into stores like those of Kafka Streams.
 */
final class RawChangelogEntrant implements Entrant {

  private final boolean stored;

  /**
   * Creates the entrant.
   *
   * @param stored whether to put the records into stores
   */
  RawChangelogEntrant(boolean stored) {
    this.stored = stored;
  }

  @Override
  public void run(EntrantRun run, Progress progress) {
    int threads = Runtime.getRuntime().availableProcessors();
    AtomicLong records = new AtomicLong();
    CountDownLatch ready = new CountDownLatch(threads);
    CountDownLatch done = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      int part = i;
      new Thread(
              () -> {
                records.addAndGet(read(run, part, threads, ready));
                done.countDown();
              })
          .start();
    }
    long begin;
    try {
      ready.await();
      begin = System.nanoTime();
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    progress.figure("records", (double) records.get());
    progress.figure("recordsRate", records.get() / seconds);
    progress.figure("seconds", seconds);
  }

  private long read(EntrantRun run, int part, int parts, CountDownLatch ready) {
    Settings settings = StreamsSetup.settings(run, true);
    List<TopicPartition> partitions = new ArrayList<>();
    for (String store : List.of(Names.CUSTOMERS, Names.CONTROL_STATE)) {
      for (int partition = part; partition < run.job().partitions(); partition += parts) {
        partitions.add(
            new TopicPartition(settings.applicationId() + "-" + store + "-changelog", partition));
      }
    }
    Properties properties = StreamsProperties.of(settings, Optional.empty());
    Map<String, Object> restore =
        new HashMap<>(new StreamsConfig(properties).getRestoreConsumerConfigs("raw"));
    restore.keySet().removeIf(key -> !ConsumerConfig.configNames().contains(key));
    restore.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    long count = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(restore, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        ChangelogStores stores = new ChangelogStores(run, properties)) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      ready.countDown();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        count += records.count();
        if (stored) {
          stores.put(records);
        }
      }
    }
    return count;
  }
}
