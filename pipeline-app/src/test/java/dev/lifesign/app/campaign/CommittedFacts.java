package dev.lifesign.app.campaign;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.schema.StatusChange;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The committed facts in an application's topics, read while it writes them. Deadlines of a
 * partition fire in time order, so a status change that took effect after an instant proves that
 * every earlier one of its partition is committed.
 */
final class CommittedFacts implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final FactLedger ledger;
  private final long bound;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Deserializer<SpecificRecord> deserializer;
  private final List<TopicPartition> places;
  private final Set<Integer> past = new HashSet<>();

  /**
   * Reads from the beginning.
   *
   * @param until facts after this instant are ignored
   * @param bound an instant after {@code until}, and after all changes that the inputs cause by
   *     themselves
   */
  CommittedFacts(Connections connections, Topics topics, long until, long bound) {
    this.ledger = new FactLedger(until);
    this.bound = bound;
    this.deserializer = connections.serdes().create().deserializer();
    this.consumer = connections.consumer();
    this.places =
        FactLedger.topics(topics).stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(places);
    consumer.seekToBeginning(places);
  }

  /** Reads facts committed since the last call. */
  void read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      SpecificRecord fact = deserializer.deserialize(record.topic(), record.value());
      ledger.add(fact);
      if (fact instanceof StatusChange change && change.getEffectiveAt().toEpochMilli() > bound) {
        past.add(record.partition());
      }
    }
  }

  /** The number of facts read up to the instant. */
  int size() {
    return ledger.size();
  }

  /** The partitions with a committed status change after the bound. */
  Set<Integer> past() {
    return past;
  }

  /** All facts committed now; nothing may still be writing. */
  FactLedger all() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(places);
    while (places.stream().anyMatch(place -> consumer.position(place) < ends.get(place))) {
      read();
    }
    return ledger;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
