package dev.lifesign.bench.harness;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.bench.entrant.EntrantRun;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.Ticks;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.lab.file.Folders;
import dev.lifesign.schema.StatusChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;

/**
 * A live pipeline under an open load: events are sent at their intended instants, or immediately if
 * the sender is late, and latency is measured from the intended instant. Every fifth event is a
 * customer's first, whose status change is awaited; the others belong to existing customers.
 */
public final class LiveRun {

  private static final int PARTITIONS = 8;
  private static final int FIRST_EVERY = 5;
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration REST = Duration.ofSeconds(30);
  private static final int WARMUP_SECONDS = 40;

  private final Topics topics;
  private final Connections connections;
  private final Serde<SpecificRecord> serde;
  private final AtomicLongArray intended;
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Histogram> rounds = new ArrayList<>();
  private final int customersARound;
  private final int firstMeasured;

  private LiveRun(Site site, Topics topics, double rate, int seconds, int rounds) {
    this.topics = topics;
    this.connections = site.connections();
    this.serde = connections.serdes().create();
    this.customersARound = (int) (rate * seconds) / FIRST_EVERY;
    this.firstMeasured = (int) (rate * WARMUP_SECONDS) / FIRST_EVERY + 1;
    this.intended = new AtomicLongArray(firstMeasured + rounds * customersARound);
    for (int round = 0; round < rounds; round++) {
      this.rounds.add(new Histogram(Duration.ofMinutes(10).toNanos(), 3));
    }
  }

  /**
   * Runs a pipeline. The first seconds, in which code is compiled, do not count.
   *
   * @param rate events per second
   * @param seconds the length of a round
   * @param rounds the number of consecutive rounds
   * @param commitMillis the commit interval of the pipeline
   * @return for each round, the nanoseconds from the intended instant until the status change was
   *     read
   */
  public static List<Histogram> at(
      Site site, double rate, int seconds, int rounds, int commitMillis) {
    String name = site.newName("live") + ".";
    Topics topics = new Topics(name, name);
    Path dir = site.dir().resolve(name);
    EntrantSpec spec = EntrantSpec.own("lifesign-live", false).committingEvery(commitMillis);
    try (Admin admin = site.connections().admin()) {
      new TopicAdmin(admin).create(TopicSpec.all(topics, PARTITIONS, true), 1);
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    EntrantRun run =
        new EntrantRun(
            spec.name(),
            new Job(1, 1, 0, PARTITIONS, 1),
            Ticks.LAST,
            site.bootstrapServers(),
            site.registryUrl(),
            name,
            name,
            1,
            dir,
            spec.commitMillis());
    Path file = run.save(dir.resolve("run.properties"));
    LiveRun live = new LiveRun(site, topics, rate, seconds, rounds);
    try (Child child =
        Child.start(
            dir.resolve("log"),
            List.of("-Xmx1g", "-Xms1g"),
            spec.classPath(),
            spec.main(),
            file.toString())) {
      live.load(child, rate);
    } finally {
      site.delete(name);
      Folders.delete(dir);
    }
    return live.rounds;
  }

  private void load(Child child, double rate) {
    int events = intended.length() * FIRST_EVERY;
    Thread reader = new Thread(this::read, "reader");
    reader.start();
    try (KafkaProducer<byte[], byte[]> producer = connections.producer(Map.of("linger.ms", 5))) {
      send(producer, 0, 0);
      awaitTold(1, START, child);
      long begin = System.nanoTime();
      for (int n = 1; n < events; n++) {
        long at = begin + (long) (n * 1e9 / rate);
        while (System.nanoTime() < at) {
          LockSupport.parkNanos(at - System.nanoTime());
        }
        boolean first = n % FIRST_EVERY == 0;
        int customer = n / FIRST_EVERY;
        if (first) {
          intended.set(customer, at);
        }
        send(producer, first ? customer : (int) (n * 2_654_435_761L % (customer + 1)), n);
      }
      producer.flush();
      awaitTold(intended.length(), REST, child);
    } finally {
      over.set(true);
      join(reader);
    }
  }

  private void awaitTold(int customers, Duration patience, Child child) {
    long end = System.nanoTime() + patience.toNanos();
    while (told.get() < customers) {
      if (System.nanoTime() > end || !child.isAlive()) {
        throw new IllegalStateException(
            "There are %,d status changes instead of %,d: %s"
                .formatted(told.get(), customers, child.said()));
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, int customer, int number) {
    String id = Job.customerId(customer);
    String topic = topics.inputs().get(0);
    Purchase purchase =
        new Purchase(
            "e" + number,
            id,
            System.currentTimeMillis(),
            Purchase.Action.PURCHASE,
            "order-" + number,
            1_999,
            "USD",
            List.of(),
            "web");
    producer.send(
        new ProducerRecord<>(
            topic,
            id.getBytes(StandardCharsets.UTF_8),
            serde.serializer().serialize(topic, EventCodec.encode(purchase))));
  }

  private void read() {
    try (KafkaConsumer<byte[], byte[]> consumer = connections.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topics.statusChanges()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!over.get()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
          long now = System.nanoTime();
          StatusChange change =
              (StatusChange) serde.deserializer().deserialize(record.topic(), record.value());
          int customer = Job.number(change.getCustomerId());
          if (change.getSequence() == 1) {
            if (customer >= firstMeasured) {
              rounds
                  .get((customer - firstMeasured) / customersARound)
                  .recordValue(now - intended.get(customer));
            }
            told.incrementAndGet();
          }
        }
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
