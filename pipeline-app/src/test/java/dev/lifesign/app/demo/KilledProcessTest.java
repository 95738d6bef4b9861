package dev.lifesign.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.cli.Main;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.embedded.EmbeddedBroker;
import dev.lifesign.app.embedded.EmbeddedRegistry;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.codec.FactCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker, registry, pipeline and shop run in one process, which is killed twice in the middle of
 * its work: it publishes the facts of an undisturbed timeline, nothing lost, nothing twice, in
 * order.
 */
class KilledProcessTest {

  private static final int CUSTOMERS = 300;
  private static final int SEED = 11;
  private static final int SHOWN = 5;
  private static final Pattern TOLD =
      Pattern.compile("([\\d,]+) status changes  alerts ([\\d,]+) raised");

  @TempDir Path dir;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aKilledProcessTellsTheSameAsAnUndisturbedOne() throws Exception {
    for (boolean kill : List.of(true, true, false)) {
      Process process = start();
      awaitShown(process, kill ? 0 : 2 * CUSTOMERS);
      if (kill) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }
      process.waitFor();
    }
    List<SpecificRecord> facts = facts();
    Map<String, List<String>> told = new HashMap<>();
    long last = 0;
    for (SpecificRecord fact : facts) {
      if (fact instanceof StatusChange change) {
        told.computeIfAbsent(change.getCustomerId(), id -> new ArrayList<>()).add(row(change));
        last = Math.max(last, change.getDetectedAt().toEpochMilli());
      }
    }
    Map<String, List<String>> expected = undisturbed(last + Instants.DAY);
    assertThat(told).hasSizeGreaterThan(CUSTOMERS / 2);
    told.forEach(
        (customer, rows) ->
            assertThat(expected.get(customer))
                .as(customer)
                .startsWith(rows.toArray(String[]::new)));
    Set<String> raised = new HashSet<>();
    for (SpecificRecord fact : facts) {
      if (fact instanceof ChurnAlert alert) {
        boolean first = alert.getChange().equals("RAISED");
        assertThat(first ? raised.add(alert.getAlertId()) : raised.contains(alert.getAlertId()))
            .as("%s", alert)
            .isTrue();
      }
    }
    assertThat(raised).isNotEmpty();
  }

  private Process start() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName(),
            "demo",
            "--customers",
            String.valueOf(CUSTOMERS),
            "--seed",
            String.valueOf(SEED),
            "--speed",
            "864000",
            "--data-dir",
            dir.toString(),
            "--broker-port",
            String.valueOf(Ports.free()),
            "--registry-port",
            String.valueOf(Ports.free()));
    return new ProcessBuilder(command).redirectError(new File(dir.toFile(), "stderr.txt")).start();
  }

  /** Waits for {@link #SHOWN} lines with events, the given number of changes, and an alert. */
  private static void awaitShown(Process process, int changes) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    int shown = 0;
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher told = TOLD.matcher(line);
      if (told.find() && !line.contains(" 0 events")) {
        shown++;
        if (shown >= SHOWN
            && number(told.group(1)) >= changes
            && (changes == 0 || number(told.group(2)) > 0)) {
          return;
        }
      }
    }
    throw new AssertionError(
        "The demo ended before it had shown %d lines and %d changes".formatted(SHOWN, changes));
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace(",", ""));
  }

  private static Map<String, List<String>> undisturbed(long until) {
    String text = Presets.text("marketplace").replace("rates: {}", "rates: { EUR: 1.08 }");
    Timeline timeline = new Timeline(Policies.of(PolicyReader.read(text).policy().orElseThrow()));
    Map<String, Customer> customers = new HashMap<>();
    Map<String, List<String>> rows = new HashMap<>();
    new Shop(SEED, CUSTOMERS)
        .playTo(
            until,
            event ->
                note(
                    timeline.apply(
                        Optional.ofNullable(customers.get(event.customerId())),
                        event,
                        event.occurredAt()),
                    customers,
                    rows));
    for (Customer customer : List.copyOf(customers.values())) {
      note(timeline.advance(customer, until, until), customers, rows);
    }
    return rows;
  }

  private static void note(
      Decision outcome, Map<String, Customer> customers, Map<String, List<String>> rows) {
    String id = outcome.customer().id();
    customers.put(id, outcome.customer());
    outcome
        .statusChanges()
        .forEach(
            change ->
                rows.computeIfAbsent(id, any -> new ArrayList<>())
                    .add(row(FactCodec.encode(change))));
  }

  private static String row(StatusChange change) {
    return change.getSequence()
        + " "
        + change.getFrom()
        + " "
        + change.getTo()
        + " "
        + change.getReason()
        + " "
        + change.getLate()
        + " "
        + change.getEffectiveAt();
  }

  private List<SpecificRecord> facts() {
    List<SpecificRecord> facts = new ArrayList<>();
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(dir.resolve("schemas.jsonl"), Ports.free())) {
      Settings settings =
          Settings.inProcess("reader", broker.bootstrapServers(), registry.url(), dir, dir, 4);
      new Connections(settings)
          .readAll(
              List.of(Topics.STANDARD.statusChanges(), Topics.STANDARD.churnAlerts()), facts::add);
    }
    return facts;
  }
}
