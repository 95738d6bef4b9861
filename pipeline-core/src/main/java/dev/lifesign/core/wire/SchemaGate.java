package dev.lifesign.core.wire;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that delivers a record only after the registry has answered the request for its
 * schema. Until then the record stays in the log: its partition is paused with its position at the
 * record, so that Kafka Streams sees a partition with a lag, waits for it where order requires, and
 * holds no transaction open meanwhile. Other partitions continue. A record whose schema is unknown
 * to the registry or cannot be used is delivered with the mark that {@link #refusal} reads.
 *
 * <p>Like any consumer, it is used by one thread.
 */
public final class SchemaGate implements InvocationHandler {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaGate.class);

  /** The registry usually answers sooner than a record could be fetched again. */
  private static final Duration SHORTLY = Duration.ofMillis(50);

  private static final long FIRST_WARNING = Duration.ofSeconds(1).toNanos();
  private static final long NEXT_WARNING = Duration.ofMinutes(1).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final SchemaFetcher schemas;
  private final Exempt exempt;
  private final Watch watch;
  private final LongSupplier nanos;
  private final Map<TopicPartition, Hold> holds = new HashMap<>();

  /** The partitions that the owner of this consumer has paused. */
  private final Set<TopicPartition> paused = new HashSet<>();

  private int lastReadable;

  private SchemaGate(
      Consumer<byte[], byte[]> consumer,
      SchemaFetcher schemas,
      Exempt exempt,
      Watch watch,
      LongSupplier nanos) {
    this.consumer = consumer;
    this.schemas = schemas;
    this.exempt = exempt;
    this.watch = watch;
    this.nanos = nanos;
  }

  /**
   * The mark of a refusal. No producer can forge it, since headers read from a log are of another
   * class.
   */
  private record Refusal(String sentence) implements Header {
    @Override
    public String key() {
      return "lifesign-schema-refused";
    }

    @Override
    public byte[] value() {
      return sentence.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** The reason why the schema of a record is not available, if a gate has added one. */
  public static Optional<String> refusal(Headers headers) {
    for (Header header : headers) {
      if (header instanceof Refusal refusal) {
        return Optional.of(refusal.sentence());
      }
    }
    return Optional.empty();
  }

  /** Whether a header is the mark of a gate and not part of the record. */
  public static boolean isMark(Header header) {
    return header instanceof Refusal;
  }

  /** Decides which records are delivered without waiting for their schema. */
  public interface Exempt {
    /** Whether the record at an offset is exempt. */
    boolean is(String topic, int partition, long offset);
  }

  /** Observes the number of waiting partitions; called by the thread that polls. */
  public interface Watch {
    /** Called when the number of partitions that wait for a schema changes. */
    void waiting(int change);
  }

  /** A record that waits for its schema. */
  private static final class Hold {
    final int id;
    final long offset;
    final long since;
    long warnAt;
    boolean warned;

    Hold(int id, long offset, long now) {
      this.id = id;
      this.offset = offset;
      this.since = now;
      this.warnAt = now + FIRST_WARNING;
    }
  }

  /** Returns a consumer that delivers the records of another one through a gate. */
  public static Consumer<byte[], byte[]> before(
      Consumer<byte[], byte[]> consumer, SchemaFetcher schemas, Exempt exempt, Watch watch) {
    return before(consumer, schemas, exempt, watch, System::nanoTime);
  }

  @SuppressWarnings("unchecked")
  static Consumer<byte[], byte[]> before(
      Consumer<byte[], byte[]> consumer,
      SchemaFetcher schemas,
      Exempt exempt,
      Watch watch,
      LongSupplier nanos) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            SchemaGate.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            new SchemaGate(consumer, schemas, exempt, watch, nanos));
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "poll" -> {
        return poll((Duration) arguments[0]);
      }
      case "pause" -> {
        paused.addAll((Collection<TopicPartition>) arguments[0]);
        return pass(method, arguments);
      }
      case "resume" -> {
        resume((Collection<TopicPartition>) arguments[0]);
        return null;
      }
      case "close" -> {
        forget();
        return pass(method, arguments);
      }
      default -> {
        return pass(method, arguments);
      }
    }
  }

  private Object pass(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(consumer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void resume(Collection<TopicPartition> partitions) {
    List<TopicPartition> free = new ArrayList<>(partitions);
    paused.removeAll(free);
    free.removeAll(holds.keySet());
    consumer.resume(free);
  }

  private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    if (!holds.isEmpty()) {
      release();
    }
    ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
    if (!paused.isEmpty() || !holds.isEmpty()) {
      keepAssigned();
    }
    return records.isEmpty() ? records : given(records);
  }

  /** Resumes partitions whose schema request was answered, and logs long waits. */
  private void release() {
    Set<TopicPartition> assigned = consumer.assignment();
    List<TopicPartition> free = new ArrayList<>();
    Iterator<Map.Entry<TopicPartition, Hold>> each = holds.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<TopicPartition, Hold> next = each.next();
      TopicPartition place = next.getKey();
      Hold hold = next.getValue();
      boolean goesOn =
          schemas.answer(hold.id).isPresent()
              || exempt.is(place.topic(), place.partition(), hold.offset);
      if (goesOn) {
        each.remove();
        watch.waiting(-1);
        if (assigned.contains(place) && !paused.contains(place)) {
          free.add(place);
        }
        if (hold.warned) {
          LOG.info(
              "{} continues at offset {}: the registry has answered for schema {}",
              place,
              hold.offset,
              hold.id);
        }
      } else if (nanos.getAsLong() - hold.warnAt >= 0) {
        warn(place, hold);
      }
    }
    if (!free.isEmpty()) {
      consumer.resume(free);
    }
  }

  private void warn(TopicPartition place, Hold hold) {
    hold.warned = true;
    hold.warnAt = nanos.getAsLong() + NEXT_WARNING;
    LOG.warn(
        "{} has waited for {} s at offset {} for schema {}: {}. Other partitions continue; this one will once the registry answers",
        place,
        Duration.ofNanos(nanos.getAsLong() - hold.since).toSeconds(),
        hold.offset,
        hold.id,
        schemas.trouble().orElse("the request is pending"));
  }

  /** Forgets partitions that a rebalance has taken from this consumer. */
  private void keepAssigned() {
    Set<TopicPartition> assigned = consumer.assignment();
    paused.retainAll(assigned);
    int before = holds.size();
    holds.keySet().retainAll(assigned);
    if (holds.size() < before) {
      watch.waiting(holds.size() - before);
    }
  }

  private void forget() {
    watch.waiting(-holds.size());
    holds.clear();
  }

  private ConsumerRecords<byte[], byte[]> given(ConsumerRecords<byte[], byte[]> records) {
    Map<TopicPartition, Integer> cuts = new HashMap<>();
    long giveUp = nanos.getAsLong() + SHORTLY.toNanos();
    for (TopicPartition place : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> each = records.records(place);
      int through = through(each, giveUp);
      if (through < each.size()) {
        cuts.put(place, through);
      }
    }
    return cuts.isEmpty() ? records : cut(records, cuts);
  }

  /** The number of records that can be delivered, from the first on. */
  private int through(List<ConsumerRecord<byte[], byte[]>> records, long giveUp) {
    boolean askedAhead = false;
    for (int i = 0; i < records.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      int id = schemaId(record.value());
      if (id <= 0 || id == lastReadable) {
        continue;
      }
      Optional<SchemaAnswer> answer = schemas.answer(id);
      if (answer.isEmpty()) {
        if (exempt.is(record.topic(), record.partition(), record.offset())) {
          continue;
        }
        if (!askedAhead) {
          askedAhead = true;
          askAhead(records, i + 1);
        }
        long left = giveUp - nanos.getAsLong();
        if (left > 0) {
          schemas.await(id, Duration.ofNanos(left));
          answer = schemas.answer(id);
        }
      }
      if (answer.isEmpty()) {
        return i;
      }
      if (answer.get().refusal().isPresent()) {
        record.headers().add(new Refusal(answer.get().refusal().get()));
      } else {
        lastReadable = id;
      }
    }
    return records.size();
  }

  private void askAhead(List<ConsumerRecord<byte[], byte[]>> records, int from) {
    for (ConsumerRecord<byte[], byte[]> record : records.subList(from, records.size())) {
      int id = schemaId(record.value());
      if (id > 0 && id != lastReadable) {
        schemas.answer(id);
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> cut(
      ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, Integer> cuts) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> given = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
    for (TopicPartition place : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> each = records.records(place);
      Integer through = cuts.get(place);
      if (through == null) {
        given.put(place, each);
        continue;
      }
      ConsumerRecord<byte[], byte[]> first = each.get(through);
      OffsetAndMetadata position = new OffsetAndMetadata(first.offset(), first.leaderEpoch(), "");
      consumer.seek(place, position);
      consumer.pause(List.of(place));
      Hold before =
          holds.put(place, new Hold(schemaId(first.value()), first.offset(), nanos.getAsLong()));
      if (before == null) {
        watch.waiting(1);
      }
      next.put(place, position);
      if (through > 0) {
        given.put(place, each.subList(0, through));
      }
    }
    return new ConsumerRecords<>(given, next);
  }

  /** The schema id of a value; 0 if it is not in Confluent's format, which needs no registry. */
  private static int schemaId(byte[] value) {
    return value == null || value.length < AvroSerde.HEADER || value[0] != AvroSerde.MAGIC
        ? 0
        : ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
  }
}
