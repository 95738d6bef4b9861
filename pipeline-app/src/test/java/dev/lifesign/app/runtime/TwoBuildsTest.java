package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.PolicyFile;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.StatusChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newer build publishes a policy that an older one does not understand. */
class TwoBuildsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CUSTOMERS = 40;
  private static final String POLICY =
      """
      version: %d
      lateness: PT0S
      lifecycle:
        newFor: P1D
        risk: { fixed: %s }
        dormantAfter: P1D
        churnAfter: P2D
      """;

  @TempDir Path dir;

  @Test
  void theOlderBuildStopsAtThePolicyAndTheNewerOneGoesOnThere() throws IOException {
    try (ShippedLog log = new ShippedLog().open();
        Sandbox sandbox = new Sandbox(dir, 2, POLICY.formatted(1, "P1D"), Map.of())) {
      Settings older = withSerde(sandbox.settings, OlderBuildSerde.class.getName());
      Instant from;
      try (LivePipeline pipeline =
          LivePipeline.start(older, Optional.empty(), PipelineObserver.NONE)) {
        pipeline.runner().awaitRunning();
        everybodyBuys(sandbox, "a");
        await().atMost(PATIENCE).until(() -> changes(sandbox).size() >= CUSTOMERS);

        // Silence becomes a risk at once, so that each customer has a change.
        from = publish(sandbox, 2, "PT0.001S");
        await().atMost(PATIENCE).until(() -> pipeline.runner().failure().isPresent());
        assertThatThrownBy(() -> pipeline.runner().awaitEnd())
            .isInstanceOf(UserError.class)
            .hasMessageContaining("The pipeline stopped: lifesign.control-")
            .hasMessageContaining("Expected to read policy version 2")
            .hasMessageContaining("run lifesign (development), which published it");
        Readiness readiness = Readiness.of(pipeline, Optional.empty(), Optional.empty());
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.live()).isFalse();
        assertThat(readiness.reasons())
            .anySatisfy(reason -> assertThat(reason).contains("Expected to read policy version 2"));
      }
      assertThat(log.errors())
          .singleElement()
          .asString()
          .startsWith(PipelineRunner.class.getName() + ": The pipeline stops: lifesign.control-")
          .contains("run lifesign (development)");
      everybodyBuys(sandbox, "b");

      // A restart fails with a sentence, and no state is changed.
      assertThatThrownBy(() -> LivePipeline.start(older, Optional.empty(), PipelineObserver.NONE))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("Expected to read policy version 2");
      assertThat(changes(sandbox)).extracting(StatusChange::getTo).containsOnly("NEW");

      Files.writeString(sandbox.settings.policy(), POLICY.formatted(2, "PT0.001S"));
      try (LivePipeline pipeline =
          LivePipeline.start(sandbox.settings, Optional.empty(), PipelineObserver.NONE)) {
        pipeline.runner().awaitRunning();
        await().atMost(PATIENCE).until(() -> atRisk(sandbox) >= CUSTOMERS);
      }
      assertThat(changes(sandbox))
          .allSatisfy(
              change ->
                  assertThat(change.getPolicyVersion())
                      .as(change.toString())
                      .isEqualTo(change.getEffectiveAt().isBefore(from) ? 1 : 2));
      assertThat(changes(sandbox))
          .extracting(change -> change.getCustomerId() + " " + change.getSequence())
          .doesNotHaveDuplicates();
      assertThat(sandbox.read(Topics.STANDARD.deadLetters(), DeadLetter.class)).isEmpty();
    }
  }

  private static Instant publish(Sandbox sandbox, int version, String risk) {
    String text = POLICY.formatted(version, risk);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    new PolicyLog(sandbox.connections, sandbox.settings, 2)
        .bringIntoForce(new PolicyFile(PolicyReader.read(text).policy().orElseThrow(), text), now);
    return now;
  }

  private static void everybodyBuys(Sandbox sandbox, String round) {
    IntStream.range(0, CUSTOMERS)
        .forEach(
            i ->
                sandbox.send(
                    new Purchase(
                        round + i,
                        "c" + i,
                        System.currentTimeMillis(),
                        Purchase.Action.PURCHASE,
                        "o",
                        100,
                        "USD",
                        List.of(),
                        "")));
    sandbox.producer.flush();
  }

  private static List<StatusChange> changes(Sandbox sandbox) {
    return sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class);
  }

  /** The number of customers who have been at risk. */
  private static long atRisk(Sandbox sandbox) {
    return changes(sandbox).stream()
        .filter(change -> change.getTo().equals("AT_RISK"))
        .map(StatusChange::getCustomerId)
        .distinct()
        .count();
  }

  static Settings withSerde(Settings like, String serde) {
    return like.with(like.clients().withSerde(serde));
  }
}
