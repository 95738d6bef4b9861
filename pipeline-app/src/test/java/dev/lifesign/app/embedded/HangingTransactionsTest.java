package dev.lifesign.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A transaction unknown to its coordinator blocks readers and is aborted; one in progress is left
 * alone.
 */
class HangingTransactionsTest {

  private static final TopicPartition PLACE = new TopicPartition("events", 0);
  private static final String NAME = "shop";
  private static final int COORDINATORS = 4;

  @TempDir Path dir;

  @Test
  void aTransactionThatTheCoordinatorHasForgottenIsAborted() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
        Admin admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic(PLACE.topic(), 1, (short) 1))).all().get();
      KafkaProducer<byte[], byte[]> producer = begun(broker);
      producer.close(Duration.ZERO);
      forget(broker);
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
        Admin admin = admin(broker)) {
      assertThat(readableTo(admin)).isZero();
      assertThat(HangingTransactions.abort(admin)).isEqualTo(1);
      assertThat(readableTo(admin)).isEqualTo(2);
      assertThat(HangingTransactions.abort(admin)).isZero();
    }
  }

  @Test
  void aTransactionThatIsAtWorkIsLeftAlone() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
        Admin admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic(PLACE.topic(), 1, (short) 1))).all().get();
      try (KafkaProducer<byte[], byte[]> producer = begun(broker)) {
        assertThat(HangingTransactions.abort(admin)).isZero();
        producer.commitTransaction();
      }
      // The markers are written after the decision.
      await().atMost(Duration.ofMinutes(5)).until(() -> readableTo(admin) == 2);
    }
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static KafkaProducer<byte[], byte[]> begun(EmbeddedBroker broker) throws Exception {
    KafkaProducer<byte[], byte[]> producer =
        producer(broker, Map.of("transactional.id", NAME, "client.id", NAME));
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(PLACE.topic(), 0, null, new byte[1])).get();
    return producer;
  }

  private static KafkaProducer<byte[], byte[]> producer(
      EmbeddedBroker broker, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Removes the transaction from the coordinator's log, by its key in that log. */
  private static void forget(EmbeddedBroker broker) throws Exception {
    byte[] name = NAME.getBytes(StandardCharsets.UTF_8);
    byte[] key =
        ByteBuffer.allocate(2 * Short.BYTES + name.length)
            .putShort((short) 0)
            .putShort((short) name.length)
            .put(name)
            .array();
    int coordinator = Utils.abs(NAME.hashCode()) % COORDINATORS;
    // Brokers let only this client write to their internal topics.
    try (KafkaProducer<byte[], byte[]> producer =
        producer(broker, Map.of("client.id", "__admin_client"))) {
      producer.send(new ProducerRecord<>("__transaction_state", coordinator, key, null)).get();
    }
  }

  /** The offset up to which committed records can be read. */
  private static long readableTo(Admin admin) throws Exception {
    return admin
        .listOffsets(
            Map.of(PLACE, OffsetSpec.latest()),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .partitionResult(PLACE)
        .get()
        .offset();
  }
}
