package dev.lifesign.bench.harness;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.bench.job.Job;
import dev.lifesign.bench.job.JobEvents;
import dev.lifesign.bench.job.Ticks;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.contract.Tick;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.scoring.CutHistory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;

/** Writes a whole job to topics before any entrant reads it. */
public final class JobWriter implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final Serde<SpecificRecord> serde;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Creates a writer for a site. */
  public JobWriter(Site site) {
    Connections connections = site.connections();
    serde = connections.serdes().create();
    producer =
        connections.producer(
            Map.of("linger.ms", 50, "batch.size", 256 * 1024, "buffer.memory", 128L << 20));
  }

  /** Writes the events of a job. */
  public void events(Job job, Topics topics) {
    JobEvents events = new JobEvents(job);
    while (events.hasNext()) {
      JobEvents.Arrived next = events.next();
      String topic = topics.of(next.event().family());
      send(
          new ProducerRecord<>(
              topic,
              null,
              next.arrivedAt(),
              next.event().customerId().getBytes(StandardCharsets.UTF_8),
              serde.serializer().serialize(topic, EventCodec.encode(next.event()))));
    }
    flush();
  }

  /**
   * Writes the ticks of a job to an entrant's control topic.
   *
   * @param cuts cut points, which are written with the tick from which they apply
   */
  public void ticks(Job job, Ticks ticks, List<CutHistory.InForce> cuts, Topics topics) {
    ticks
        .of(job)
        .forEach(
            at -> {
              tick(job, topics, at);
              cuts.stream()
                  .filter(each -> each.from() == at)
                  .forEach(each -> cuts(job, topics, each));
            });
    flush();
  }

  private void cuts(Job job, Topics topics, CutHistory.InForce cuts) {
    byte[] value =
        serde.serializer().serialize(topics.control(), PopulationCodec.encode(cuts.cuts()));
    byte[] key = PopulationCodec.CUTS_KEY.getBytes(StandardCharsets.UTF_8);
    for (int partition = 0; partition < job.partitions(); partition++) {
      send(new ProducerRecord<>(topics.control(), partition, cuts.from(), key, value));
    }
  }

  private void tick(Job job, Topics topics, long at) {
    for (int partition = 0; partition < job.partitions(); partition++) {
      byte[] value =
          serde.serializer().serialize(topics.control(), new Tick(partition, at).toRecord());
      byte[] key = Tick.KEY.getBytes(StandardCharsets.UTF_8);
      send(new ProducerRecord<>(topics.control(), partition, at, key, value));
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  private void flush() {
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("The broker did not accept all records", failure.get());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
