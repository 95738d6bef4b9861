package dev.lifesign.app.campaign;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Presets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second instance joins one whose state it must restore before it can take over any of it. */
class ScaleOutTest {

  private static final int PARTITIONS = 6;
  private static final int CUSTOMERS = 6_000;

  /** Far less than the state of a partition, so that no task moves before it is restored. */
  private static final String ACCEPTABLE_LAG = "100";

  /** Several probes, but half of Kafka's default interval between two. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path dir;

  @Test
  void aNewInstanceTakesItsShareOverAfterItHasRestoredIt() throws Exception {
    Files.writeString(dir.resolve("policy.yaml"), Presets.text("retail"));
    try (Cluster cluster = new Cluster(dir)) {
      Connections connections = cluster.connections();
      try (Admin admin = connections.admin()) {
        new TopicAdmin(admin).create(TopicSpec.all(Topics.STANDARD, PARTITIONS, true), 1);
      }
      Map<String, String> settings = new HashMap<>();
      settings.put("bootstrapServers", cluster.bootstrapServers());
      settings.put("registry.schema.registry.url", cluster.registryUrl());
      settings.put("policy", dir.resolve("policy.yaml").toString());
      settings.put("kafka.acceptable.recovery.lag", ACCEPTABLE_LAG);
      settings.put("kafka.num.stream.threads", "1");
      try (Instance one =
              new Instance(Files.createDirectories(dir.resolve("a")), settings).start();
          Instance two = new Instance(Files.createDirectories(dir.resolve("b")), settings)) {
        one.awaitReady();
        everybodyBuys(connections);
        Instant written = Instant.now();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    one.tasks().stream().filter(task -> task.isPast(written)).count()
                        == PARTITIONS);
        two.start();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .until(
                () -> {
                  Set<Integer> ofTwo = partitions(two);
                  Set<Integer> both = new TreeSet<>(partitions(one));
                  both.addAll(ofTwo);
                  return both.size() == PARTITIONS && ofTwo.size() >= PARTITIONS / 2 - 1;
                });
        two.process().terminate();
        one.process().terminate();
      }
    }
  }

  private static void everybodyBuys(Connections connections) {
    Serde<SpecificRecord> serde = connections.serdes().create();
    String topic = Topics.STANDARD.of(Family.PURCHASE);
    try (KafkaProducer<byte[], byte[]> producer = connections.producer(Map.of("linger.ms", 5))) {
      for (int i = 0; i < CUSTOMERS; i++) {
        String customer = "c" + i;
        Purchase event =
            new Purchase(
                "e",
                customer,
                System.currentTimeMillis(),
                Purchase.Action.PURCHASE,
                "o",
                100,
                "USD",
                List.of(),
                "");
        producer.send(
            new ProducerRecord<>(
                topic,
                customer.getBytes(StandardCharsets.UTF_8),
                serde.serializer().serialize(topic, EventCodec.encode(event))));
      }
    }
  }

  private static Set<Integer> partitions(Instance instance) {
    Set<Integer> partitions = new TreeSet<>();
    for (JsonNode task :
        instance.health().map(node -> node.path("tasks")).orElse(MissingNode.getInstance())) {
      partitions.add(task.path("partition").asInt());
    }
    return partitions;
  }
}
