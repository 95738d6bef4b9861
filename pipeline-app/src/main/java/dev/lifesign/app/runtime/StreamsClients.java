package dev.lifesign.app.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Creates the clients of Kafka Streams, and remembers them until Kafka Streams exists: if one of
 * them cannot be created, the constructor of Kafka Streams fails and leaves the earlier ones open.
 */
final class StreamsClients implements KafkaClientSupplier {

  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final KafkaClientSupplier clients;

  /** Null once Kafka Streams exists. */
  private final AtomicReference<Opened> opened = new AtomicReference<>(new Opened());

  /** Wraps another supplier. */
  StreamsClients(KafkaClientSupplier clients) {
    this.clients = clients;
  }

  /** Leaves the clients to Kafka Streams, which closes them from now on. */
  void handOver() {
    opened.set(null);
  }

  /** Closes the clients after Kafka Streams could not be created. */
  void closeAfter(Throwable cause) {
    opened.getAndSet(null).closeAfter(cause);
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    Admin admin = clients.getAdmin(config);
    remember(() -> admin.close(CLOSE));
    return admin;
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    Producer<byte[], byte[]> producer = clients.getProducer(config);
    remember(() -> producer.close(CLOSE));
    return producer;
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return closed(clients.getConsumer(config));
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return closed(clients.getRestoreConsumer(config));
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return closed(clients.getGlobalConsumer(config));
  }

  private Consumer<byte[], byte[]> closed(Consumer<byte[], byte[]> consumer) {
    remember(() -> consumer.close(CloseOptions.timeout(CLOSE)));
    return consumer;
  }

  private void remember(AutoCloseable client) {
    Opened unfinished = opened.get();
    if (unfinished != null) {
      unfinished.add(client);
    }
  }
}
