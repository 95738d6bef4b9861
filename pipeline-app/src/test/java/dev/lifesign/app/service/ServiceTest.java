package dev.lifesign.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.policy.Presets;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tests an instance from an operator's view: health, metrics, and queries about customers. */
class ServiceTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Path DASHBOARD =
      Path.of("..", "deploy", "compose", "grafana", "dashboards", "lifesign.json");
  private static final Path ALERTS = Path.of("..", "deploy", "alerts.yml");
  private static final String BUYER = "büyer/1 %2F";

  private static final ListAppender<ILoggingEvent> METER_LOG = new ListAppender<>();

  @TempDir static Path dir;
  private static Sandbox sandbox;
  private static Service service;
  private static final AtomicLong AHEAD = new AtomicLong();

  private static Logger meters() {
    return (Logger) LoggerFactory.getLogger(PrometheusMeterRegistry.class);
  }

  @BeforeAll
  static void start() {
    METER_LOG.start();
    meters().addAppender(METER_LOG);
    sandbox = new Sandbox(dir, 2, Presets.text("retail"), Map.of());
    service = Service.start(sandbox.settings, () -> System.currentTimeMillis() + AHEAD.get());
    service.pipeline().runner().awaitRunning();
    long now = System.currentTimeMillis();
    sandbox.send(purchase("p1", BUYER, now));
    sandbox.send(purchase("p1", BUYER, now));
    sandbox.send(
        new SubscriptionChange(
            "s1",
            BUYER,
            now + 1,
            SubscriptionChange.Action.STARTED,
            "sub-1",
            SubscriptionKind.SERVICE,
            "gold",
            Billing.of(999, "USD"),
            OptionalLong.empty(),
            ""));
    sandbox.send(
        new SubscriptionChange(
            "f1",
            "payer",
            now,
            SubscriptionChange.Action.PAYMENT_FAILED,
            "sub-2",
            SubscriptionKind.SERVICE,
            "gold",
            Billing.of(999, "USD"),
            OptionalLong.of(now + 86_400_000),
            ""));
    sandbox.producer.send(
        new ProducerRecord<>(
            Topics.STANDARD.of(Family.SUPPORT),
            BUYER.getBytes(StandardCharsets.UTF_8),
            new byte[] {1, 2, 3}));
    sandbox.producer.flush();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                applied("subscription") == 2
                    && metric("lifesign_tick_lag_seconds{partition=\"0\"}") < 30
                    && get(path(BUYER)).statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    meters().detachAppender(METER_LOG);
    service.close();
    sandbox.close();
  }

  private static Event purchase(String id, String customer, long at) {
    return new Purchase(
        id, customer, at, Purchase.Action.PURCHASE, "o-" + id, 1999, "USD", List.of(), "");
  }

  private static String path(String customer) {
    return "/v1/customers/"
        + URLEncoder.encode(customer, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static HttpResponse<String> get(String path, String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://" + service.address() + path));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits for an answer from state that is not stale, as it may be for a while on a slow machine.
   */
  private static HttpResponse<String> fresh(String path) {
    return await()
        .atMost(PATIENCE)
        .until(() -> get(path), response -> response.statusCode() != 503);
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(response.body(), e);
    }
  }

  private static double metric(String series) {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * The number of events counted as applied or late, since an event can be late on a slow machine.
   */
  private static double applied(String family) {
    return metric("lifesign_events_total{family=\"%s\",outcome=\"applied\"}".formatted(family))
        + metric("lifesign_events_total{family=\"%s\",outcome=\"late\"}".formatted(family));
  }

  @Test
  void itIsLiveAndReady() {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    await().atMost(PATIENCE).until(() -> get("/health/ready").statusCode() == 200);
    assertThat(json(get("/health/ready")).path("tasks")).hasSize(2);
  }

  @Test
  void noMeterIsRefused() {
    await().atMost(PATIENCE).until(() -> get("/metrics").body().contains("_estimate_num_keys{"));
    assertThat(METER_LOG.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    assertThat(get("/metrics").body()).contains("rocksdb_state_id=\"control\"");
  }

  @Test
  void aCustomerIsShownWithItsReasonAndWhatComesNext() {
    JsonNode customer = json(fresh(path(BUYER)));
    assertThat(customer.path("customerId").asText()).isEqualTo(BUYER);
    assertThat(customer.path("status").asText()).isEqualTo("NEW");
    assertThat(customer.path("profile").path("orders").asLong()).isEqualTo(2);
    assertThat(customer.path("profile").path("netMoney").asLong()).isEqualTo(2998);
    assertThat(customer.path("types").toString())
        .isEqualTo("[\"RECENT_BUYER\",\"SERVICE_SUBSCRIBER\"]");
    JsonNode subscription = customer.path("subscriptions").path(0);
    assertThat(subscription.path("plan").asText()).isEqualTo("gold");
    assertThat(subscription.path("entitled").asBoolean()).isTrue();
    assertThat(customer.path("evidence").path("entitledSince").isNull()).isFalse();
    assertThat(customer.path("next").path("status").asText()).isEqualTo("ACTIVE");
    assertThat(Instant.parse(customer.path("next").path("at").asText())).isAfter(Instant.now());
    assertThat(customer.path("answeredBy").path("role").asText()).isEqualTo("OWNER");
    assertThat(customer.path("answeredBy").path("lastTick").isNull()).isFalse();
  }

  @Test
  void itsTimelineIsItsStatusChanges() {
    JsonNode changes = json(fresh(path(BUYER) + "/timeline")).path("statusChanges");
    assertThat(changes).hasSize(1);
    assertThat(changes.path(0).path("sequence").asInt()).isEqualTo(1);
    assertThat(changes.path(0).path("from").isNull()).isTrue();
    assertThat(changes.path(0).path("to").asText()).isEqualTo("NEW");
  }

  @Test
  void whoWasNeverHeardOfIsNotThereAndAStaleAnswerIsNotNow() {
    for (String path : List.of(path("nobody"), path("nobody") + "/timeline")) {
      HttpResponse<String> nobody = fresh(path);
      assertThat(nobody.statusCode()).isEqualTo(404);
      assertThat(nobody.headers().firstValue("Content-Type"))
          .contains("application/problem+json;charset=utf-8");
      assertThat(json(nobody).path("detail").asText()).contains("No event of customer");
    }
    AHEAD.set(sandbox.settings.http().maxStale().toMillis() + 60_000);
    try {
      for (String customer : List.of(BUYER, "nobody")) {
        HttpResponse<String> stale = get(path(customer));
        assertThat(stale.statusCode()).isEqualTo(503);
        assertThat(stale.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(stale).path("detail").asText()).contains("http.maxStale");
      }
    } finally {
      AHEAD.set(0);
    }
  }

  @Test
  void itIsNotReadyWhileItsStateIsTooOldForEveryAnswer() {
    AHEAD.set(sandbox.settings.http().maxStale().toMillis() + 60_000);
    try {
      HttpResponse<String> ready = get("/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(json(ready).path("live").asBoolean()).isTrue();
      assertThat(json(ready).path("reasons").toString()).contains("older than http.maxStale");
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    } finally {
      AHEAD.set(0);
    }
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..%2F", "..", "%2e%2e%2F..%2F..%2F..", "a%00b", "%2525", "a;b=c", "%E2%82%AC"})
  void anIdIsDecodedOnceWhateverItHolds(String encoded) {
    HttpResponse<String> answer = get("/v1/customers/" + encoded);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).path("detail").asText())
        .startsWith(
            "No event of customer %s was received"
                .formatted(URLDecoder.decode(encoded, StandardCharsets.UTF_8)));
  }

  @Test
  void nothingElseIsServed() {
    assertThat(get("/v1/nonsense").statusCode()).isEqualTo(404);
    assertThat(json(get("/v1/nonsense")).path("detail").asText()).contains("docs/reference/api.md");
  }

  @Test
  void whatHappenedIsCounted() {
    assertThat(applied("purchase")).isEqualTo(1);
    assertThat(metric("lifesign_events_total{family=\"purchase\",outcome=\"duplicate\"}"))
        .isEqualTo(1);
    assertThat(metric("lifesign_dead_letters_total{reason=\"UNDECODABLE\"}")).isEqualTo(1);
    assertThat(metric("lifesign_status_changes_total{from=\"NONE\",to=\"NEW\"}")).isEqualTo(1);
    assertThat(metric("lifesign_output_latency_seconds_count{since=\"appended\"}")).isEqualTo(3);
    // On a slow machine, this takes time.
    await().atMost(PATIENCE).until(() -> metric("lifesign_tick_gate_open{partition=\"1\"}") == 1);
    await()
        .atMost(PATIENCE)
        .until(() -> metric("lifesign_deadline_overdue_seconds{partition=\"1\"}") == 0);
    await().atMost(PATIENCE).until(() -> metric("lifesign_offline_partitions") == 0);
  }

  @Test
  void promtoolFindsNoFaultWithTheMetrics() throws Exception {
    await().atMost(PATIENCE).until(() -> get("/metrics").body().contains("_estimate_num_keys{"));
    Path text = Files.writeString(Path.of("target", "metrics.txt"), get("/metrics").body());
    assertThat(Files.readString(text)).contains("kafka_stream_thread_", "kafka_consumer_", "jvm_");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/promtool")), "promtool is not installed");
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(text.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
  }

  private static Set<String> scraped() {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> metricsIn(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\b(lifesign|kafka|jvm)_[a-z0-9_]+").matcher(text);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  @Test
  void alertsAndDashboardAskOnlyForMetricsThatThereAre() throws IOException {
    sandbox.send(
        new Feedback(
            "detracts", "detractor", System.currentTimeMillis(), Feedback.Action.NPS, 3, 10, ""));
    await().atMost(PATIENCE).until(() -> get("/metrics").body().contains("lifesign_alerts_total{"));
    await().atMost(PATIENCE).until(() -> get("/metrics").body().contains("_estimate_num_keys{"));
    Set<String> there = scraped();
    StringBuilder expressions = new StringBuilder();
    JsonNode board = JSON.readTree(Files.readString(DASHBOARD));
    for (JsonNode panel : board.path("panels")) {
      panel.path("targets").forEach(target -> expressions.append(target.path("expr").asText()));
    }
    JsonNode rules = new YAMLMapper().readTree(ALERTS.toFile()).path("groups").path(0);
    for (JsonNode rule : rules.path("rules")) {
      expressions.append(' ').append(rule.path("expr").asText());
    }
    Set<String> asked = metricsIn(expressions.toString());
    assertThat(asked).hasSizeGreaterThan(15);
    assertThat(there).containsAll(asked);
  }

  @Test
  void everyMetricAndEveryAlertIsExplained() throws IOException {
    String reference = Files.readString(Path.of("..", "docs", "reference", "metrics.md"));
    Set<String> own =
        scraped().stream()
            .filter(name -> name.startsWith("lifesign_"))
            .map(name -> name.replaceAll("_(bucket|sum|count|max)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(metricsIn(reference)).containsAll(own);
    for (JsonNode rule :
        new YAMLMapper().readTree(ALERTS.toFile()).path("groups").path(0).path("rules")) {
      assertThat(reference).contains("`" + rule.path("alert").asText() + "`");
    }
  }

  @Test
  void promtoolFindsNoFaultWithTheAlerts() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/promtool")), "promtool is not installed");
    Process promtool =
        new ProcessBuilder("promtool", "check", "rules", ALERTS.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(promtool.waitFor()).as(said).isZero();
  }
}
