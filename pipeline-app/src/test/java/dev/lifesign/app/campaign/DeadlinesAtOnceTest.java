package dev.lifesign.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very many customers fall silent at one instant (a million with {@code
 * -Dlifesign.deadlines=1000000}): all changes are published in bounded memory, no thread is removed
 * from its group for working too long, and customers who buy in the meantime are processed.
 */
class DeadlinesAtOnceTest {

  private static final int CUSTOMERS = Integer.getInteger("lifesign.deadlines", 100_000);
  private static final int PARTITIONS = 4;
  private static final String POLICY =
      """
      version: 1
      lifecycle:
        newFor: PT1S
        risk: { fixed: PT1H }
        dormantAfter: P1000D
        churnAfter: P2000D
      """;

  @TempDir Path dir;

  @Test
  void deadlinesOfAllAtOnceStarveNobody() throws Exception {
    Files.writeString(dir.resolve("policy.yaml"), POLICY);
    Topics topics = new Topics("in.", "out.");
    try (Cluster cluster = new Cluster(dir)) {
      Connections connections = cluster.connections();
      long at = System.currentTimeMillis() - Duration.ofHours(3).toMillis();
      try (Admin admin = Patience.admin(connections)) {
        List<TopicSpec> inputs =
            TopicSpec.all(topics, PARTITIONS, false).stream()
                .filter(spec -> topics.inputs().contains(spec.name()))
                .toList();
        new TopicAdmin(admin).create(inputs, 1);
        List<TopicSpec> others =
            TopicSpec.all(topics, PARTITIONS, true).stream()
                .filter(spec -> !topics.inputs().contains(spec.name()))
                .toList();
        new TopicAdmin(admin).create(others, 1);
      }
      Serde<SpecificRecord> serde = connections.serdes().create();
      try (KafkaProducer<byte[], byte[]> producer = connections.producer(Map.of("linger.ms", 20));
          Instance instance =
              new Instance(Files.createDirectories(dir.resolve("a")), settings(cluster))) {
        for (int i = 0; i < CUSTOMERS; i++) {
          producer.send(purchase(serde, topics, "c" + i, at));
        }
        producer.flush();
        instance.start();
        await()
            .atMost(Duration.ofMinutes(20))
            .pollInterval(Duration.ofMillis(200))
            .until(() -> metric(instance, "lifesign_deadlines_fired_total") > CUSTOMERS / 20.0);
        // Meanwhile, a new customer buys in every partition.
        for (int i = 0; i < 40; i++) {
          producer.send(purchase(serde, topics, "new" + i, System.currentTimeMillis()));
        }
        producer.flush();
        await()
            .atMost(Duration.ofMinutes(20))
            .pollInterval(Duration.ofMillis(200))
            .until(() -> applied(instance) == CUSTOMERS + 40);
        double firedWhenHeard = metric(instance, "lifesign_deadlines_fired_total");
        await()
            .atMost(Duration.ofMinutes(20))
            .pollInterval(Duration.ofMillis(500))
            .until(
                () ->
                    metric(
                            instance,
                            "lifesign_status_changes_total{from=\"ACTIVE\",to=\"AT_RISK\"}")
                        >= CUSTOMERS);
        System.out.printf("heard when %,.0f deadlines were fired%n", firedWhenHeard);
        assertThat(metric(instance, "kafka_stream_failed_stream_threads")).isZero();
        assertThat(instance.process().isAlive()).isTrue();
        instance.process().terminate();
        assertThat(instance.process().said())
            .doesNotContain("max.poll.interval.ms")
            .doesNotContain("thread of the pipeline restarts");
      }
    }
  }

  private Map<String, String> settings(Cluster cluster) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrapServers", cluster.bootstrapServers());
    settings.put("registry.schema.registry.url", cluster.registryUrl());
    settings.put("policy", dir.resolve("policy.yaml").toString());
    settings.put("topics.inputPrefix", "in.");
    settings.put("topics.outputPrefix", "out.");
    settings.put("settle", "PT0S");
    // If the work is not split, this limit detects it before the transaction timeout does.
    settings.put("kafka.max.poll.interval.ms", "20000");
    settings.put("kafka.producer.transaction.timeout.ms", "120000");
    return settings;
  }

  private static ProducerRecord<byte[], byte[]> purchase(
      Serde<SpecificRecord> serde, Topics topics, String customer, long at) {
    String topic = topics.of(Family.PURCHASE);
    Purchase purchase =
        new Purchase(
            "e-" + customer,
            customer,
            at,
            Purchase.Action.PURCHASE,
            "o",
            100,
            "USD",
            List.of(),
            "");
    return new ProducerRecord<>(
        topic,
        null,
        at,
        customer.getBytes(StandardCharsets.UTF_8),
        serde.serializer().serialize(topic, EventCodec.encode(purchase)));
  }

  private static double applied(Instance instance) {
    return metric(instance, "lifesign_events_total{family=\"purchase\",outcome=\"applied\"}")
        + metric(instance, "lifesign_events_total{family=\"purchase\",outcome=\"late\"}");
  }

  private static double metric(Instance instance, String series) {
    return instance
        .get("/metrics")
        .map(
            response ->
                response
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(series))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum())
        .orElse(0.0);
  }
}
