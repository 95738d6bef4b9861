package dev.lifesign.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifesign.app.runtime.TopicAdmin;
import dev.lifesign.app.runtime.TopicSpec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every instance is queried for every customer while instances are killed and rejoin: no answer is
 * wrong, no existing customer is reported as unknown, and nearly every query is answered. One
 * instance is down for longer than a session and one for less, in turn, until {@code
 * -Dlifesign.queries.lookups} queries were made.
 */
class QueriesUnderKillsTest {

  private static final long LOOKUPS = Long.getLong("lifesign.queries.lookups", 5_000);
  private static final int CUSTOMERS = 2_000;
  private static final int PARTITIONS = 6;
  private static final int ASKING = 6;
  private static final int FEWEST_KILLS = 2;
  private static final int LONGER_THAN_A_SESSION_MILLIS = 12_000;
  private static final int SHORTER_THAN_A_SESSION_MILLIS = 2_000;
  private static final long UNTIL = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

  @TempDir Path dir;

  private final List<Instance> instances = new ArrayList<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean rebalancing = new AtomicBoolean();
  private final Count outside = new Count();
  private final Count inside = new Count();
  private final Map<String, Integer> unanswered = new ConcurrentHashMap<>();
  private final AtomicLong byStandby = new AtomicLong();

  private static final class Count {
    final AtomicLong asked = new AtomicLong();
    final AtomicLong answered = new AtomicLong();

    double share() {
      return asked.get() == 0 ? 1 : (double) answered.get() / asked.get();
    }

    @Override
    public String toString() {
      return "%,d asked, %,d answered (%.2f %%)"
          .formatted(asked.get(), answered.get(), 100 * share());
    }
  }

  @Test
  void everyInstanceAnswersForEveryCustomerWhileInstancesComeAndGo() throws Exception {
    String text = Presets.text("marketplace").replace("rates: {}", "rates: { EUR: 1.08 }");
    Files.writeString(dir.resolve("policy.yaml"), text);
    Policy policy = PolicyReader.read(text).policy().orElseThrow();
    WrittenHistory history = new WrittenHistory(7, CUSTOMERS, 10, 1, UNTIL);
    Map<String, Customer> expected = history.customers(policy, UNTIL);
    ExecutorService executor = Executors.newFixedThreadPool(ASKING);
    try (Cluster cluster = new Cluster(dir)) {
      history.write(cluster.connections(), Topics.STANDARD, PARTITIONS).close();
      try (Admin admin = Patience.admin(cluster.connections())) {
        new TopicAdmin(admin).create(TopicSpec.all(Topics.STANDARD, PARTITIONS, true), 1);
      }
      for (String name : List.of("a", "b", "c")) {
        instances.add(
            new Instance(Files.createDirectories(dir.resolve(name)), settings(cluster)).start());
      }
      instances.forEach(Instance::awaitReady);
      Fleet.awaitPast(instances, PARTITIONS, Instant.ofEpochMilli(UNTIL));
      List<String> customers = List.copyOf(expected.keySet());
      AtomicBoolean over = new AtomicBoolean();
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < ASKING; i++) {
        Random random = new Random(i);
        asking.add(
            executor.submit(
                () -> {
                  while (!over.get()) {
                    ask(customers, expected, random);
                  }
                }));
      }
      killAndStartAgain();
      over.set(true);
      for (Future<?> future : asking) {
        future.get();
      }
    } finally {
      instances.forEach(Instance::close);
      executor.shutdownNow();
      System.out.println("outside of rebalances: " + outside);
      System.out.println("inside of rebalances:  " + inside);
      System.out.println("answered by a standby: " + byStandby);
      unanswered.forEach((why, count) -> System.out.println("not answered " + count + ": " + why));
    }
    assertThat(wrong).isEmpty();
    assertThat(outside.asked.get() + inside.asked.get()).isGreaterThanOrEqualTo(LOOKUPS);
    assertThat(outside.share()).isGreaterThanOrEqualTo(0.99);
    assertThat(inside.share()).isGreaterThanOrEqualTo(0.90);
    assertThat(byStandby.get()).isPositive();
  }

  private Map<String, String> settings(Cluster cluster) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrapServers", cluster.bootstrapServers());
    settings.put("registry.schema.registry.url", cluster.registryUrl());
    settings.put("policy", dir.resolve("policy.yaml").toString());
    settings.put("settle", "PT0S");
    settings.put("http.maxStale", "PT1M");
    settings.put("kafka.num.standby.replicas", "1");
    settings.put("kafka.num.stream.threads", "1");
    settings.put("kafka.probing.rebalance.interval.ms", "60000");
    return settings;
  }

  private void killAndStartAgain() {
    for (int round = 0;
        round < FEWEST_KILLS || outside.asked.get() + inside.asked.get() < LOOKUPS;
        round++) {
      Instance victim = instances.get(round % instances.size());
      rebalancing.set(true);
      victim.process().kill();
      Pause.millis(round % 2 == 0 ? LONGER_THAN_A_SESSION_MILLIS : SHORTER_THAN_A_SESSION_MILLIS);
      victim.start();
      instances.forEach(Instance::awaitReady);
      Pause.millis(SHORTER_THAN_A_SESSION_MILLIS);
      rebalancing.set(false);
      Pause.millis(LONGER_THAN_A_SESSION_MILLIS);
    }
  }

  private void ask(List<String> customers, Map<String, Customer> expected, Random random) {
    boolean known = random.nextInt(10) > 0;
    String id =
        known ? customers.get(random.nextInt(customers.size())) : "nobody-" + random.nextInt(1000);
    Instance instance = instances.get(random.nextInt(instances.size()));
    boolean timeline = random.nextInt(5) == 0;
    boolean insideBefore = rebalancing.get();
    Optional<HttpResponse<String>> response =
        instance.get("/v1/customers/" + id + (timeline ? "/timeline" : ""));
    Count count = insideBefore || rebalancing.get() ? inside : outside;
    // A load balancer would not query an instance that is down or has not joined yet.
    if (response.isEmpty() || response.get().body().contains("The pipeline is starting")) {
      return;
    }
    count.asked.incrementAndGet();
    int status = response.get().statusCode();
    if (status == 503) {
      String why = Instance.json(response.get().body()).path("detail").asText();
      unanswered.merge(why.replaceAll("\\S*\\d\\S*", "N"), 1, Integer::sum);
      return;
    }
    count.answered.incrementAndGet();
    if (known != (status == 200) || (!known && status != 404)) {
      wrong.add(id + " " + status + " " + response.get().body());
    } else if (known) {
      JsonNode answer = Instance.json(response.get().body());
      check(answer, id, expected.get(id), timeline);
    }
  }

  private void check(JsonNode answer, String id, Customer customer, boolean timeline) {
    JsonNode from = answer.path("answeredBy");
    if (from.path("role").asText().equals("STANDBY")) {
      byStandby.incrementAndGet();
    }
    Instant tick = Instant.parse(from.path("lastTick").asText());
    boolean right =
        answer.path("customerId").asText().equals(id)
            && tick.isAfter(Instant.now().minusSeconds(90))
            && (timeline
                ? answer.path("statusChanges").size() >= 1
                : answer.path("profile").path("orders").asLong() == customer.commerce().orders()
                    && answer.path("profile").path("netMoney").asLong()
                        == customer.commerce().net());
    if (!right) {
      wrong.add(answer.toString());
    }
  }
}
