package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lifesign.app.UserError;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State without offsets would count history twice; what was never committed is no state. */
public class OffsetCheckTest {

  @TempDir Path dir;

  /** Committed state in partition 1 of an application, of which the group knows nothing. */
  public static void leaveStateWithoutOffsets(String brokers, String application) throws Exception {
    write(brokers, application, true);
  }

  private static void write(String brokers, String application, boolean commit) throws Exception {
    String changelog = application + "-customers-changelog";
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "transactional.id", application + "-x"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      admin.createTopics(List.of(new NewTopic(changelog, 2, (short) 1))).all().get();
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(changelog, 1, new byte[] {1}, new byte[] {2})).get();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  @Test
  void aFirstRunThatWasKilledBeforeItsFirstCommitMayStartAgain() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"))) {
      write(broker.bootstrapServers(), "killed", false);
      write(broker.bootstrapServers(), "forgetful", true);
      assertThatCode(() -> check(broker, "killed")).doesNotThrowAnyException();
      Assertions.assertThatThrownBy(() -> check(broker, "forgetful"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("these partitions have none: 1;");
    }
  }

  private void check(EmbeddedBroker broker, String application) {
    Settings settings =
        Settings.inProcess(
            application, broker.bootstrapServers(), "http://127.0.0.1:1", dir, dir, 2);
    Connections connections = new Connections(settings);
    try (Admin admin = connections.admin()) {
      new OffsetCheck(admin, connections, settings).run(2);
    }
  }
}
