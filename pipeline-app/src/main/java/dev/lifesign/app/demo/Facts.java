package dev.lifesign.app.demo;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;

/** Reads the pipeline's facts from their topics, like any other consumer. */
final class Facts implements Runnable {

  private static final int LATEST = 8;

  private final Connections connections;
  private final int partitions;
  private final Map<String, Long> statuses = new TreeMap<>();
  private final Deque<StatusChange> latestChanges = new ArrayDeque<>();
  private final Deque<ChurnAlert> latestAlerts = new ArrayDeque<>();
  private long changes;
  private long raised;
  private long ended;
  private volatile boolean stopped;

  /** What has been read so far. */
  record Snapshot(
      Map<String, Long> statuses,
      List<StatusChange> latestChanges,
      List<ChurnAlert> latestAlerts,
      long changes,
      long raised,
      long ended) {}

  Facts(Connections connections, int partitions) {
    this.connections = connections;
    this.partitions = partitions;
  }

  void stop() {
    stopped = true;
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(
        new TreeMap<>(statuses),
        new ArrayList<>(latestChanges),
        new ArrayList<>(latestAlerts),
        changes,
        raised,
        ended);
  }

  @Override
  public void run() {
    Serde<SpecificRecord> serde = connections.serdes().create();
    List<TopicPartition> places = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      places.add(new TopicPartition(Topics.STANDARD.statusChanges(), partition));
      places.add(new TopicPartition(Topics.STANDARD.churnAlerts(), partition));
    }
    try (KafkaConsumer<byte[], byte[]> consumer = connections.consumer()) {
      consumer.assign(places);
      consumer.seekToBeginning(places);
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          take(serde.deserializer().deserialize(record.topic(), record.value()));
        }
      }
    }
  }

  private synchronized void take(SpecificRecord fact) {
    if (fact instanceof StatusChange change) {
      changes++;
      if (change.getFrom() != null) {
        statuses.merge(change.getFrom(), -1L, Long::sum);
      }
      statuses.merge(change.getTo(), 1L, Long::sum);
      push(latestChanges, change);
    } else if (fact instanceof ChurnAlert alert) {
      take(alert);
    }
  }

  private void take(ChurnAlert alert) {
    switch (alert.getChange()) {
      case "RAISED" -> raised++;
      case "CLEARED", "EXPIRED", "HANDLED", "ERASED" -> ended++;
      default -> {
        // It goes on.
      }
    }
    if (alert.getNotify() && !alert.getMuted()) {
      push(latestAlerts, alert);
    }
  }

  private static <T> void push(Deque<T> latest, T fact) {
    latest.addFirst(fact);
    if (latest.size() > LATEST) {
      latest.removeLast();
    }
  }
}
