package dev.lifesign.app.campaign;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;

/**
 * Input topics with a history and its faults: transactions that are still open, records of aborted
 * transactions, records whose schema cannot be parsed, and schemas under many ids.
 */
final class Inputs implements AutoCloseable {

  private static final int TRANSACTION_TIMEOUT_MILLIS = 14 * 60_000;

  private static final int ABORTED_RECORDS = 200;
  private static final int REFUSED_EVERY = 150;
  private static final int ALIASES = 16;

  private final Connections connections;
  private final Topics topics;
  private final int partitions;
  private final Set<Fault> faults;
  private final Random random;
  private final Serde<SpecificRecord> serde;
  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> visibleEnds = new HashMap<>();
  private final Queue<Exception> failed = new ConcurrentLinkedQueue<>();
  private Optional<KafkaProducer<byte[], byte[]>> open = Optional.empty();
  private Optional<KafkaProducer<byte[], byte[]>> doomed = Optional.empty();
  private int refused;

  private Inputs(
      Connections connections, Topics topics, int partitions, Set<Fault> faults, Random random) {
    this.connections = connections;
    this.topics = topics;
    this.partitions = partitions;
    this.faults = faults;
    this.random = random;
    this.serde = connections.serdes().create();
  }

  /**
   * Creates the topics and writes a history to them.
   *
   * @param faults the faults; those that are part of the inputs are written as well
   * @param others returns, for the value last written and the next key, the values to write before
   *     it
   */
  static Inputs write(
      Connections connections,
      Topics topics,
      int partitions,
      WrittenHistory history,
      Set<Fault> faults,
      Random random,
      BiFunction<byte[], byte[], Optional<byte[]>> others) {
    try (Admin admin = Patience.admin(connections)) {
      List<TopicSpec> specs =
          TopicSpec.all(topics, partitions, false).stream()
              .filter(spec -> topics.inputs().contains(spec.name()))
              .toList();
      new TopicAdmin(admin).create(specs, 1);
    }
    Inputs inputs = new Inputs(connections, topics, partitions, faults, random);
    try {
      inputs.write(history, others);
    } catch (RuntimeException e) {
      inputs.close();
      throw e;
    }
    return inputs;
  }

  Topics topics() {
    return topics;
  }

  int partitions() {
    return partitions;
  }

  /** The offset after the last record of the history, for each partition that has one. */
  Map<TopicPartition, Long> ends() {
    return Map.copyOf(ends);
  }

  /** The same offsets for the records before the first one hidden by a transaction. */
  Map<TopicPartition, Long> visibleEnds() {
    return Map.copyOf(visibleEnds);
  }

  /** The number of records with a schema that cannot be parsed. */
  int refused() {
    return refused;
  }

  /** Commits the transactions that {@link Fault#OPEN_TRANSACTION} left open. */
  void commitOpen() {
    open.orElseThrow().commitTransaction();
  }

  /** Aborts the transactions that {@link Fault#ABORTED_TRANSACTION} left open. */
  void abortDoomed() {
    doomed.orElseThrow().abortTransaction();
  }

  private void write(WrittenHistory history, BiFunction<byte[], byte[], Optional<byte[]>> others) {
    List<Arrival> arrivals = history.arrivals();
    Deque<Step.Asks> commands = new ArrayDeque<>(history.commands());
    boolean hides =
        faults.contains(Fault.OPEN_TRANSACTION) || faults.contains(Fault.ABORTED_TRANSACTION);
    int hiddenFrom = hides ? arrivals.size() * (40 + random.nextInt(40)) / 100 : arrivals.size();
    Family hidden = arrivals.get(random.nextInt(arrivals.size())).event().family();
    byte[] last = {0};
    try (KafkaProducer<byte[], byte[]> plain = connections.producer(Map.of("linger.ms", 20))) {
      for (int i = 0; i < arrivals.size(); i++) {
        if (i == hiddenFrom) {
          plain.flush();
          visibleEnds.putAll(ends);
          beginTransactions(arrivals);
        }
        Arrival arrival = arrivals.get(i);
        sendBefore(arrival.arrivedAt(), commands, plain);
        byte[] value = value(arrival, i * ALIASES / arrivals.size());
        boolean isHidden = open.isPresent() && arrival.event().family() == hidden;
        // One producer per topic, since two would mix up the order of its arrivals.
        KafkaProducer<byte[], byte[]> producer = isHidden ? open.get() : plain;
        writeOthers(producer, arrival, last, others);
        producer.send(record(arrival, value), noted());
        last = value;
      }
      sendBefore(Long.MAX_VALUE, commands, plain);
      plain.flush();
      open.ifPresent(KafkaProducer::flush);
    }
    if (!hides) {
      visibleEnds.putAll(ends);
    }
    if (!failed.isEmpty()) {
      throw new IllegalStateException(failed.peek());
    }
  }

  private void sendBefore(
      long instant, Deque<Step.Asks> commands, KafkaProducer<byte[], byte[]> producer) {
    while (!commands.isEmpty() && commands.peek().at() < instant) {
      Step.Asks asks = commands.remove();
      producer.send(
          new ProducerRecord<>(
              topics.commands(),
              null,
              asks.at(),
              asks.command().customerId().getBytes(StandardCharsets.UTF_8),
              serde.serializer().serialize(topics.commands(), CommandCodec.encode(asks.command()))),
          noted());
    }
  }

  private void beginTransactions(List<Arrival> arrivals) {
    if (faults.contains(Fault.OPEN_TRANSACTION)) {
      open = Optional.of(transaction("open"));
    }
    if (faults.contains(Fault.ABORTED_TRANSACTION)) {
      beginDoomed(arrivals);
      abortDoomed();
      beginDoomed(arrivals);
    }
  }

  private void writeOthers(
      KafkaProducer<byte[], byte[]> producer,
      Arrival before,
      byte[] last,
      BiFunction<byte[], byte[], Optional<byte[]>> others) {
    others
        .apply(last, key(before))
        .ifPresent(other -> producer.send(record(before, other), noted()));
    if (faults.contains(Fault.UNPARSABLE_SCHEMA) && random.nextInt(REFUSED_EVERY) == 0) {
      FaultyRegistry.RefusedSchema[] schemas = FaultyRegistry.RefusedSchema.values();
      int id = FaultyRegistry.refused(schemas[random.nextInt(schemas.length)]);
      producer.send(record(before, withId(last.length < 5 ? new byte[9] : last, id)), noted());
      refused++;
    }
  }

  /** Writes purchases by customers of the history in a transaction that will be aborted. */
  private void beginDoomed(List<Arrival> arrivals) {
    if (doomed.isEmpty()) {
      doomed = Optional.of(transaction("doomed"));
    } else {
      doomed.get().beginTransaction();
    }
    for (int i = 0; i < ABORTED_RECORDS; i++) {
      Arrival like = arrivals.get(random.nextInt(arrivals.size()));
      String customer = like.event().customerId();
      Arrival purchase =
          new Arrival(
              new Purchase(
                  customer + "-aborted-" + i,
                  customer,
                  like.arrivedAt(),
                  Purchase.Action.PURCHASE,
                  "aborted",
                  100_000,
                  "USD",
                  List.of(),
                  ""),
              like.arrivedAt());
      doomed.get().send(record(purchase, value(purchase, 0)));
    }
    doomed.get().flush();
  }

  private KafkaProducer<byte[], byte[]> transaction(String name) {
    KafkaProducer<byte[], byte[]> producer =
        connections.producer(
            Map.of(
                "linger.ms",
                20,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topics.control() + "-" + name,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                TRANSACTION_TIMEOUT_MILLIS));
    producer.initTransactions();
    producer.beginTransaction();
    return producer;
  }

  private Callback noted() {
    return (metadata, e) -> {
      if (e == null) {
        ends.merge(
            new TopicPartition(metadata.topic(), metadata.partition()),
            metadata.offset() + 1,
            Math::max);
      } else {
        failed.add(e);
      }
    };
  }

  private byte[] value(Arrival arrival, int alias) {
    byte[] value =
        serde
            .serializer()
            .serialize(topics.of(arrival.event().family()), EventCodec.encode(arrival.event()));
    if (!faults.contains(Fault.REGISTRY_OUTAGE)) {
      return value;
    }
    return withId(value, FaultyRegistry.alias(ByteBuffer.wrap(value, 1, 4).getInt(), alias));
  }

  private static byte[] withId(byte[] value, int id) {
    byte[] changed = value.clone();
    ByteBuffer.wrap(changed, 1, 4).putInt(id);
    return changed;
  }

  private ProducerRecord<byte[], byte[]> record(Arrival arrival, byte[] value) {
    return new ProducerRecord<>(
        topics.of(arrival.event().family()), null, arrival.arrivedAt(), key(arrival), value);
  }

  private static byte[] key(Arrival arrival) {
    return arrival.event().customerId().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    open.ifPresent(KafkaProducer::close);
    doomed.ifPresent(KafkaProducer::close);
  }
}
