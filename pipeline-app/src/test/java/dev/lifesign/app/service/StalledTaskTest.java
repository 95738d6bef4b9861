package dev.lifesign.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Presets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that a thread never finishes, in an otherwise healthy instance. */
class StalledTaskTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final CountDownLatch MAY_READ = new CountDownLatch(1);

  @TempDir Path dir;

  /** Blocks reads of purchases until they are allowed. */
  public static final class BlockingSerde implements Serde<SpecificRecord> {

    private final AvroSerde serde = new AvroSerde();

    /** Creates the serde; it is instantiated by class name. */
    public BlockingSerde() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      serde.configure(configs, isKey);
    }

    @Override
    public Serializer<SpecificRecord> serializer() {
      return serde.serializer();
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
      Deserializer<SpecificRecord> reader = serde.deserializer();
      return (topic, bytes) -> {
        if (topic.equals("lifesign.purchases")) {
          try {
            MAY_READ.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        return reader.deserialize(topic, bytes);
      };
    }
  }

  private static HttpResponse<String> get(Service service, String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://" + service.address() + path)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode health(Service service) throws IOException {
    return JSON.readTree(get(service, "/health/live").body());
  }

  @Test
  void itIsNotLiveWhileATaskStaysAtOneRecordAndSaysAtWhich() throws IOException {
    try (Sandbox sandbox = new Sandbox(dir, 1, Presets.text("retail"), Map.of());
        Service service =
            Service.start(
                sandbox
                    .settings
                    .with(sandbox.settings.clients().withSerde(BlockingSerde.class.getName()))
                    .with(sandbox.settings.processing().withStalledAfter(Duration.ofSeconds(1))),
                System::currentTimeMillis)) {
      await().atMost(PATIENCE).until(() -> get(service, "/health/ready").statusCode() == 200);
      assertThat(get(service, "/health/live").statusCode()).isEqualTo(200);
      sandbox.send(
          new Purchase(
              "p1",
              "c1",
              System.currentTimeMillis(),
              Purchase.Action.PURCHASE,
              "o1",
              1999,
              "USD",
              List.of(),
              ""));
      sandbox.producer.flush();
      await().atMost(PATIENCE).until(() -> get(service, "/health/live").statusCode() == 503);
      assertThat(health(service).path("reasons").toString())
          .contains("lifesign.purchases, partition 0, offset 0", "stalledAfter");
      assertThat(get(service, "/health/ready").statusCode()).isEqualTo(503);
      MAY_READ.countDown();
      await().atMost(PATIENCE).until(() -> get(service, "/health/live").statusCode() == 200);
      await().atMost(PATIENCE).until(() -> get(service, "/v1/customers/c1").statusCode() == 200);
    } finally {
      MAY_READ.countDown();
    }
  }
}
