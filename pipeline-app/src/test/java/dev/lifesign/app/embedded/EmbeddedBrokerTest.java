package dev.lifesign.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.lab.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker in this process. */
class EmbeddedBrokerTest {

  @TempDir Path dir;

  @Test
  void whatItHoldsIsThereAfterARestart() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
        Admin admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
        Admin admin = admin(broker)) {
      assertThat(admin.listTopics().names().get()).contains("kept");
    }
  }

  @Test
  void aTakenPortAndAFolderInUseAreNamed() {
    int port = Ports.free();
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, port, Map.of())) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      assertThatThrownBy(() -> EmbeddedBroker.start(dir.resolve("other"), port, Map.of()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(String.valueOf(port))
          .hasMessageContaining("--broker-port");
      assertThatThrownBy(() -> EmbeddedBroker.start(dir))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(dir.toString())
          .hasMessageContaining("--data-dir");
    }
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
