package dev.lifesign.bench.entrant;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.StreamsProperties;
import dev.lifesign.core.streams.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The floor of everything on Kafka Streams: decodes an event, gets a record and puts one of the
 * size that Lifesign's have, under the same settings, and says nothing.
 */
final class BareProcessorEntrant implements Entrant {

  /** What Lifesign keeps for a customer of this job, on average; see docs/performance.md. */
  static final int RECORD_BYTES = Integer.getInteger("lifesign.bench.recordBytes", 256);

  private static final String STORE = "records";

  @Override
  public void run(EntrantRun run, Progress progress) {
    Settings settings = StreamsSetup.settings(run, true);
    Connections connections = new Connections(settings);
    Topology topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "events",
        null,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        new Topics(run.inputs(), run.outputs()).inputs().toArray(String[]::new));
    topology.addProcessor(
        "bare", () -> new Bare(connections.serdes().create().deserializer(), progress), "events");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withCachingDisabled(),
        "bare");
    KafkaStreams streams =
        new KafkaStreams(topology, StreamsProperties.of(settings, Optional.empty()));
    streams.start();
    progress.await(
        () -> {
          if (streams.state() == KafkaStreams.State.ERROR) {
            throw new IllegalStateException("Kafka Streams stopped");
          }
        });
    streams.close(Duration.ofSeconds(10));
  }

  private static final class Bare implements Processor<byte[], byte[], byte[], byte[]> {

    private final Deserializer<SpecificRecord> deserializer;
    private final Progress progress;
    private KeyValueStore<Bytes, byte[]> store;

    Bare(Deserializer<SpecificRecord> deserializer, Progress progress) {
      this.deserializer = deserializer;
      this.progress = progress;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      deserializer.deserialize("", record.value());
      Bytes key = Bytes.wrap(record.key());
      byte[] before = store.get(key);
      byte[] after = before == null ? new byte[RECORD_BYTES] : Arrays.copyOf(before, before.length);
      // What does not compress to nothing.
      for (int i = 0; i < after.length; i += 2) {
        after[i] = (byte) (record.timestamp() * 31 + i * 17L + after[(i + 7) % after.length]);
      }
      store.put(key, after);
      progress.count();
    }
  }
}
