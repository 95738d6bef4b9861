package dev.lifesign.app.demo;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Tick;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the shop's events to the topics, faster than real time, in steps of one or more
 * transactions. A transaction becomes visible in one partition after the other, so if a customer
 * has events on two topics, the later one could be read first. {@link Batches} therefore puts such
 * events into different transactions, and a transaction begins only when the previous one is
 * visible everywhere. The last transaction of a step also contains the ticks for the events of
 * earlier steps, and each tick has a header that says how far its step has come. After an
 * interruption the simulation continues after the last complete step, and the events of an
 * incomplete step are sent again with the same ids.
 */
final class Feeder implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
  private static final Duration STEP = Duration.ofMillis(200);
  private static final int STEPS_AHEAD = 15;

  /** The header of a tick with the instant up to which its step was simulated. */
  private static final String PLAYED = "lifesign-demo-played";

  /**
   * The first part of the simulation, which is sent as fast as the pipeline can process it,
   * milliseconds.
   */
  static final long WARM_UP = 120 * Instants.DAY;

  private final Connections connections;
  private final Shop shop;
  private final int partitions;
  private final double speed;
  private final LongSupplier caughtUpTo;
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong now = new AtomicLong();
  private volatile boolean stopped;

  /**
   * Creates a feeder.
   *
   * @param speed how many times faster than real time
   * @param caughtUpTo the tick that the pipeline has reached in every partition
   */
  Feeder(
      Connections connections, Shop shop, int partitions, double speed, LongSupplier caughtUpTo) {
    this.connections = connections;
    this.shop = shop;
    this.partitions = partitions;
    this.speed = speed;
    this.caughtUpTo = caughtUpTo;
  }

  /** Events sent by this process. */
  long events() {
    return events.get();
  }

  /** The shop's time. */
  long now() {
    return now.get();
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    Map<String, Object> properties =
        Map.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "lifesign-demo-shop",
            ProducerConfig.LINGER_MS_CONFIG,
            5);
    try (KafkaProducer<byte[], byte[]> producer = connections.producer(properties)) {
      producer.initTransactions();
      Serde<SpecificRecord> serde = connections.serdes().create();
      long begun = played();
      long time = begun;
      shop.playTo(time, event -> {});
      while (!stopped) {
        long begin = System.nanoTime();
        boolean warmingUp = time < Shop.OPENING + WARM_UP;
        long step = warmingUp ? Instants.DAY / 2 : (long) (STEP.toMillis() * speed);
        if (time - Math.max(begun, caughtUpTo.getAsLong()) <= STEPS_AHEAD * step) {
          long tick = time;
          time += Math.max(1, step);
          play(producer, serde, tick, time);
        } else {
          rest(STEP.toNanos() / 10);
        }
        if (!warmingUp) {
          rest(STEP.toNanos() - (System.nanoTime() - begin));
        }
      }
    } catch (InterruptException e) {
      LOG.debug("The simulation was interrupted", e);
    } catch (KafkaException e) {
      if (!stopped) {
        LOG.error("The simulation stops because events cannot be sent", e);
      }
    }
  }

  private void play(
      KafkaProducer<byte[], byte[]> producer, Serde<SpecificRecord> serde, long tick, long until) {
    List<Event> step = new ArrayList<>();
    shop.playTo(until, step::add);
    List<List<Event>> batches = Batches.of(step);
    for (int batch = 0; batch < batches.size(); batch++) {
      producer.beginTransaction();
      batches.get(batch).forEach(event -> send(producer, serde, event));
      if (batch == batches.size() - 1) {
        tick(producer, serde, tick, until);
      }
      producer.commitTransaction();
    }
    now.set(until);
  }

  private void tick(
      KafkaProducer<byte[], byte[]> producer, Serde<SpecificRecord> serde, long tick, long played) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(PLAYED, ByteBuffer.allocate(Long.BYTES).putLong(played).array());
    for (int partition = 0; partition < partitions; partition++) {
      byte[] value =
          serde
              .serializer()
              .serialize(Topics.STANDARD.control(), new Tick(partition, tick).toRecord());
      byte[] key = Tick.KEY.getBytes(StandardCharsets.UTF_8);
      producer.send(
          new ProducerRecord<>(Topics.STANDARD.control(), partition, tick, key, value, headers),
          Feeder::check);
    }
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, Serde<SpecificRecord> serde, Event event) {
    String topic = Topics.STANDARD.of(event.family());
    producer.send(
        new ProducerRecord<>(
            topic,
            null,
            event.occurredAt(),
            event.customerId().getBytes(StandardCharsets.UTF_8),
            serde.serializer().serialize(topic, EventCodec.encode(event))),
        Feeder::check);
    events.incrementAndGet();
  }

  /** Logs which send failed; the transaction fails as well, but does not say why. */
  private static void check(RecordMetadata metadata, Exception exception) {
    if (exception != null) {
      LOG.debug("An event was not sent to {}", metadata, exception);
    }
  }

  /** The instant up to which events were committed; the opening of the shop if none were. */
  private long played() {
    TopicPartition place = new TopicPartition(Topics.STANDARD.control(), 0);
    long played = Shop.OPENING;
    try (KafkaConsumer<byte[], byte[]> consumer = connections.consumer()) {
      consumer.assign(List.of(place));
      long end = consumer.endOffsets(List.of(place)).get(place);
      consumer.seek(place, Math.max(0, end - 50));
      while (consumer.position(place) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          Header header = record.headers().lastHeader(PLAYED);
          if (header != null) {
            played = Math.max(played, ByteBuffer.wrap(header.value()).getLong());
          }
        }
      }
    }
    now.set(played);
    return played;
  }

  private static void rest(long nanos) {
    if (nanos > 0) {
      try {
        TimeUnit.NANOSECONDS.sleep(nanos);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptException(e);
      }
    }
  }
}
