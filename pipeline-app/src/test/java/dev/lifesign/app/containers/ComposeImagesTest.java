package dev.lifesign.app.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.app.service.Service;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.schema.StatusChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The broker and the registry of docker-compose.yml; skipped where there is no Docker engine. */
@Testcontainers(disabledWithoutDocker = true)
class ComposeImagesTest {

  @TempDir Path dir;

  private static DockerImageName image(String service) throws IOException {
    JsonNode compose = new YAMLMapper().readTree(Path.of("../docker-compose.yml").toFile());
    return DockerImageName.parse(compose.path("services").path(service).path("image").asText());
  }

  @Test
  void aPipelineRunsAgainstTheImagesOfTheComposeFile() throws Exception {
    try (Network network = Network.newNetwork();
        KafkaContainer kafka =
            new KafkaContainer(image("kafka")).withNetwork(network).withListener("kafka:19092");
        GenericContainer<?> registry =
            new GenericContainer<>(image("registry"))
                .withNetwork(network)
                .withExposedPorts(8081)
                .withEnv("SCHEMA_REGISTRY_HOST_NAME", "registry")
                .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "kafka:19092")
                .waitingFor(Wait.forHttp("/subjects"))) {
      kafka.start();
      registry.start();
      Files.writeString(dir.resolve("policy.yaml"), Presets.text("retail"));
      Settings settings =
          Settings.inProcess(
                  "containers",
                  kafka.getBootstrapServers(),
                  "http://" + registry.getHost() + ":" + registry.getMappedPort(8081),
                  dir.resolve("policy.yaml"),
                  dir.resolve("state"),
                  2)
              .with(Duration.ZERO, Map.of());
      Connections connections = new Connections(settings);
      try (Admin admin = connections.admin()) {
        new TopicAdmin(admin).create(TopicSpec.all(Topics.STANDARD, 2, true), 1);
      }
      try (Service service = Service.start(settings, System::currentTimeMillis);
          KafkaProducer<byte[], byte[]> producer = connections.producer(Map.of())) {
        service.pipeline().runner().awaitRunning();
        Purchase purchase =
            new Purchase(
                "e1",
                "c1",
                System.currentTimeMillis(),
                Purchase.Action.PURCHASE,
                "o1",
                1999,
                "USD",
                List.of(),
                "");
        String topic = Topics.STANDARD.of(Family.PURCHASE);
        producer
            .send(
                new ProducerRecord<>(
                    topic,
                    "c1".getBytes(StandardCharsets.UTF_8),
                    connections
                        .serdes()
                        .create()
                        .serializer()
                        .serialize(topic, EventCodec.encode(purchase))))
            .get();
        List<String> told = new ArrayList<>();
        Awaitility.await()
            .atMost(Duration.ofMinutes(5))
            .until(
                () -> {
                  told.clear();
                  connections.readAll(
                      List.of(Topics.STANDARD.statusChanges()),
                      change -> told.add(((StatusChange) change).getTo()));
                  return !told.isEmpty();
                });
        assertThat(told).containsExactly("NEW");
      }
    }
  }
}
