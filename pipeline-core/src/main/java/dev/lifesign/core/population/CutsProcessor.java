package dev.lifesign.core.population;

import dev.lifesign.core.codec.PopulationCodec;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.contract.WorkInHand;
import dev.lifesign.core.store.CustomerKey;
import dev.lifesign.core.wire.RegistryException;
import dev.lifesign.domain.scoring.Population;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.PopulationSnapshot;
import java.nio.ByteBuffer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up the populations of all partitions, and sends the cut points to every partition once all
 * have counted up to an instant. The store keeps the latest counts of each partition, as received.
 */
public final class CutsProcessor implements Processor<byte[], byte[], byte[], Object> {

  private static final Logger LOG = LoggerFactory.getLogger(CutsProcessor.class);
  private static final Bytes TAKEN = Bytes.wrap(new byte[] {'t'});
  private static final byte PARTITION = 'p';
  private static final byte AFTER_PARTITIONS = 'q';

  private final PipelineOptions options;
  private final Deserializer<SpecificRecord> deserializer;
  private ProcessorContext<byte[], Object> context;
  private KeyValueStore<Bytes, byte[]> counted;
  private final WorkInHand inHand = new WorkInHand();

  public CutsProcessor(PipelineOptions options, Deserializer<SpecificRecord> deserializer) {
    this.options = options;
    this.deserializer = deserializer;
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    context = newContext;
    counted = context.getStateStore(Names.COUNTED);
    options.observer().working(inHand);
  }

  @Override
  public void close() {
    options.observer().stopped(inHand);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    inHand.begin(origin.topic(), origin.partition(), origin.offset());
    try {
      count(record);
    } finally {
      inHand.end();
    }
  }

  private void count(Record<byte[], byte[]> record) {
    try {
      PopulationSnapshot snapshot = read(record.value());
      counted.put(
          Bytes.wrap(
              ByteBuffer.allocate(1 + Integer.BYTES)
                  .put(PARTITION)
                  .putInt(snapshot.getPartition())
                  .array()),
          record.value());
    } catch (SerializationException e) {
      if (e instanceof RegistryException refusal && !refusal.isAboutTheRecord()) {
        throw refusal;
      }
      LOG.error("A record of {} was ignored: {}", options.topics().population(), e.getMessage());
      return;
    }
    take(record.timestamp());
  }

  private void take(long timestamp) {
    Population all = new Population();
    long asOf = Instants.FOREVER;
    long coarsened = Instants.NEVER;
    int partitions = 0;
    try (KeyValueIterator<Bytes, byte[]> each =
        counted.range(
            Bytes.wrap(new byte[] {PARTITION}), Bytes.wrap(new byte[] {AFTER_PARTITIONS}))) {
      while (each.hasNext()) {
        KeyValue<Bytes, byte[]> next = each.next();
        PopulationSnapshot snapshot = read(next.value);
        asOf = Math.min(asOf, snapshot.getAsOf().toEpochMilli());
        coarsened = Math.max(coarsened, snapshot.getCoarsenedAt().toEpochMilli());
        PopulationCodec.addTo(all, snapshot);
        partitions++;
      }
    }
    byte[] taken = counted.get(TAKEN);
    if (partitions < options.partitions()
        || (taken != null && ByteBuffer.wrap(taken).getLong() >= asOf)) {
      return;
    }
    // As coarse as the partition that has advanced furthest.
    all.coarsen(coarsened);
    counted.put(TAKEN, ByteBuffer.allocate(Long.BYTES).putLong(asOf).array());
    all.cuts(asOf)
        .ifPresent(
            cuts ->
                context.forward(
                    new Record<>(
                        CustomerKey.utf8(PopulationCodec.CUTS_KEY),
                        PopulationCodec.encode(cuts),
                        timestamp),
                    Names.CUTS_SINK));
  }

  private PopulationSnapshot read(byte[] value) {
    if (deserializer.deserialize(options.topics().population(), value)
        instanceof PopulationSnapshot snapshot) {
      return snapshot;
    }
    throw new SerializationException(
        "The record is not a population snapshot; check what writes to the topic");
  }
}
