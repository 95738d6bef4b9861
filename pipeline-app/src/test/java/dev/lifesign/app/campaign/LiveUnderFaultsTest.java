package dev.lifesign.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.schema.StatusChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Customers buy while the pipeline is killed and suspended, and the broker is down for ten seconds:
 * no customer who buys is reported as silent, the changes of every customer have no gap, and the
 * final status of each customer is right.
 */
class LiveUnderFaultsTest {

  private static final int CUSTOMERS = 400;
  private static final int PARTITIONS = 4;
  private static final String SETTLE = "PT12S";
  private static final long ROUND_MILLIS = 2_000;
  private static final String POLICY =
      """
      version: 1
      lateness: PT2S
      lifecycle:
        newFor: PT5S
        risk: { fixed: PT40S }
        dormantAfter: PT48S
        atRiskFor: PT5S
        churnAfter: PT56S
        dormantFor: PT5S
      """;

  @TempDir Path dir;

  private final Queue<Exception> failed = new ConcurrentLinkedQueue<>();

  @Test
  void whoBuysDuringFaultsIsNotSilentAndEndsAsWhatItIs() throws Exception {
    Files.writeString(dir.resolve("policy.yaml"), POLICY);
    try (Cluster cluster = new Cluster(dir)) {
      Connections connections = cluster.connections();
      try (Admin admin = Patience.admin(connections)) {
        new TopicAdmin(admin).create(TopicSpec.all(Topics.STANDARD, PARTITIONS, true), 1);
      }
      Map<String, String> settings = new HashMap<>();
      settings.put("bootstrapServers", cluster.bootstrapServers());
      settings.put("registry.schema.registry.url", cluster.registryUrl());
      settings.put("policy", dir.resolve("policy.yaml").toString());
      settings.put("settle", SETTLE);
      AtomicBoolean over = new AtomicBoolean();
      try (Instance instance =
              new Instance(Files.createDirectories(dir.resolve("a")), settings).start();
          KafkaProducer<byte[], byte[]> producer =
              connections.producer(
                  Map.of(
                      "linger.ms", 5, "delivery.timeout.ms", 300_000, "retry.backoff.ms", 100))) {
        instance.awaitReady();
        Thread shop = new Thread(() -> everybodyBuys(connections, producer, over), "shop");
        shop.start();
        Pause.millis(6_000);
        instance.process().kill();
        instance.start();
        instance.awaitReady();
        Pause.millis(4_000);
        cluster.killBroker();
        Pause.millis(10_000);
        cluster.startBroker();
        Pause.millis(4_000);
        instance.process().stall();
        Pause.millis(6_000);
        instance.process().goOn();
        Pause.millis(4_000);
        instance.process().terminate();
        instance.start();
        instance.awaitReady();
        Pause.millis(4_000);
        over.set(true);
        shop.join();
        long lastPurchase = System.currentTimeMillis();
        assertThat(failed).isEmpty();
        await()
            .atMost(Duration.ofMinutes(20))
            .pollInterval(Duration.ofSeconds(2))
            .until(() -> churned(changes(connections)) == CUSTOMERS);
        check(changes(connections), lastPurchase);
        assertThat(overtaken(instance)).isZero();
        instance.process().terminate();
      }
    }
  }

  /** Lets each customer buy once per {@link #ROUND_MILLIS} until the end. */
  private void everybodyBuys(
      Connections connections, KafkaProducer<byte[], byte[]> producer, AtomicBoolean over) {
    Serde<SpecificRecord> serde = connections.serdes().create();
    String topic = Topics.STANDARD.of(Family.PURCHASE);
    for (int round = 0; !over.get(); round++) {
      for (int i = 0; i < CUSTOMERS; i++) {
        String customer = "c" + i;
        Event event =
            new Purchase(
                "e" + round,
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
                serde.serializer().serialize(topic, EventCodec.encode(event))),
            (metadata, e) -> {
              if (e != null) {
                failed.add(e);
              }
            });
      }
      Pause.millis(ROUND_MILLIS);
    }
    producer.flush();
  }

  private static Map<String, List<StatusChange>> changes(Connections connections) {
    Map<String, List<StatusChange>> changes = new TreeMap<>();
    connections.readAll(
        List.of(Topics.STANDARD.statusChanges()),
        value -> {
          StatusChange change = (StatusChange) value;
          changes.computeIfAbsent(change.getCustomerId(), id -> new ArrayList<>()).add(change);
        });
    return changes;
  }

  private static long churned(Map<String, List<StatusChange>> changes) {
    return changes.values().stream()
        .filter(list -> list.get(list.size() - 1).getTo().equals("CHURNED"))
        .count();
  }

  private static void check(Map<String, List<StatusChange>> all, long lastPurchase) {
    Set<String> statuses = new HashSet<>();
    all.forEach(
        (customer, changes) -> {
          for (int i = 0; i < changes.size(); i++) {
            StatusChange change = changes.get(i);
            statuses.add(change.getTo());
            assertThat(change.getSequence()).as("%s", changes).isEqualTo(i + 1);
            if (change.getReason().equals("SILENCE")) {
              // Silence may only follow the last purchase, never a fault.
              assertThat(change.getEffectiveAt().toEpochMilli())
                  .as("%s", changes)
                  .isGreaterThan(lastPurchase);
            }
          }
        });
    assertThat(all).hasSize(CUSTOMERS);
    assertThat(statuses).contains("NEW", "ACTIVE", "AT_RISK", "DORMANT", "CHURNED");
  }

  private static double overtaken(Instance instance) {
    return instance
        .get("/metrics")
        .orElseThrow()
        .body()
        .lines()
        .filter(line -> line.startsWith("lifesign_events_overtaken_seconds_count{by=\"tick\"} "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ", 2)[1]))
        .sum();
  }
}
