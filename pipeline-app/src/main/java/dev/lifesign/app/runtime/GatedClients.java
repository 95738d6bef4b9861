package dev.lifesign.app.runtime;

import dev.lifesign.core.contract.Skips;
import dev.lifesign.core.wire.SchemaFetcher;
import dev.lifesign.core.wire.SchemaGate;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Clients for Kafka Streams whose main consumer delivers a record only once its schema is known.
 *
 * @param clients creates the clients
 * @param schemas fetches schemas
 * @param skips the records to skip, whose schema does not matter
 * @param watch notified of the number of partitions that wait for a schema
 */
record GatedClients(
    KafkaClientSupplier clients, SchemaFetcher schemas, Skips skips, SchemaGate.Watch watch)
    implements KafkaClientSupplier {

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return clients.getAdmin(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    return clients.getProducer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return SchemaGate.before(
        clients.getConsumer(config),
        schemas,
        (topic, partition, offset) -> skips.of(topic, partition, offset).isPresent(),
        watch);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return clients.getRestoreConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return clients.getGlobalConsumer(config);
  }
}
