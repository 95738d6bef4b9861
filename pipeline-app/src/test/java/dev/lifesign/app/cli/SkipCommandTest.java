package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.DeadLetter;
import dev.lifesign.schema.StatusChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator skips a record that stops every instance at each start. */
class SkipCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String PURCHASES = Topics.STANDARD.of(Family.PURCHASE);

  @TempDir Path dir;
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = new Sandbox(dir, 1, Presets.text("retail"), Map.of());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  /** Simulates a bug in the timeline: throws for one customer. */
  private static final PipelineObserver STUMBLING =
      new PipelineObserver() {
        @Override
        public void event(Family family, Decision outcome, long occurredAt, long arrivedAt) {
          if (outcome.customer().id().equals("bad")) {
            throw new IllegalStateException("a fault of the timeline");
          }
        }

        @Override
        public void command(CommandResult result, Optional<Decision> outcome) {
          throw new IllegalStateException("a fault of the timeline");
        }
      };

  private LivePipeline run() {
    return LivePipeline.start(sandbox.settings, Optional.empty(), STUMBLING);
  }

  private Cli skip(String... arguments) {
    List<String> all = new ArrayList<>(List.of("skip"));
    Map.of(
            "applicationId", sandbox.settings.applicationId(),
            "bootstrapServers", sandbox.settings.clients().bootstrapServers(),
            "registry.schema.registry.url",
                sandbox.settings.clients().registry().get("schema.registry.url"),
            "policy", sandbox.settings.policy().toString(),
            "stateDir", sandbox.settings.state().dir().toString(),
            "temporaryState", "true")
        .forEach((key, value) -> all.add("--set=" + key + "=" + value));
    all.addAll(Arrays.asList(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private void send(String customer) throws Exception {
    sandbox
        .producer
        .send(
            sandbox.record(
                new Purchase(
                    "e-" + customer,
                    customer,
                    System.currentTimeMillis(),
                    Purchase.Action.PURCHASE,
                    "o",
                    100,
                    "USD",
                    List.of(),
                    "")))
        .get();
  }

  @Test
  void thePipelineGoesOnAfterTheRecordThatStoppedItTwice() throws Exception {
    send("before");
    send("bad");
    send("after");
    for (int i = 0; i < 2; i++) {
      try (LivePipeline pipeline = run()) {
        assertThatThrownBy(() -> pipeline.runner().awaitEnd())
            .isInstanceOf(UserError.class)
            .hasMessageContaining("lifesign skip " + PURCHASES + " 0 1 --reason");
      }
    }

    Cli skipped = skip(PURCHASES, "0", "1", "--reason", "stops the timeline", "--by", "olga");
    assertThat(skipped.err()).isEmpty();
    assertThat(skipped.exit()).isZero();
    assertThat(skipped.out()).contains(PURCHASES + "-0@1");

    try (LivePipeline pipeline = run()) {
      pipeline.runner().awaitRunning();
      Awaitility.await().atMost(PATIENCE).until(() -> changed().contains("after"));
      assertThat(pipeline.runner().failure()).isEmpty();
    }
    assertThat(changed()).containsExactly("before", "after");
    List<DeadLetter> letters = letters();
    assertThat(letters).extracting(DeadLetter::getReason).containsExactly("SKIPPED");
    assertThat(letters.get(0).getMessage())
        .startsWith("Skipped by olga at ")
        .endsWith(": stops the timeline");
    assertThat(letters.get(0).getOffset()).isEqualTo(1);

    assertThat(skip(PURCHASES, "0", "1", "--reason", "once more").err())
        .contains("has processed")
        .contains("nothing to skip");
  }

  @Test
  void aCommandThatStoppedThePipelineCanBeSkipped() throws Exception {
    String commands = Topics.STANDARD.commands();
    Command erase = new Command("k1", "bad", "ann", new Command.Erase());
    sandbox
        .producer
        .send(
            new ProducerRecord<>(
                commands,
                "bad".getBytes(StandardCharsets.UTF_8),
                sandbox
                    .connections
                    .serdes()
                    .create()
                    .serializer()
                    .serialize(commands, CommandCodec.encode(erase))))
        .get();
    try (LivePipeline pipeline = run()) {
      assertThatThrownBy(() -> pipeline.runner().awaitEnd())
          .isInstanceOf(UserError.class)
          .hasMessageContaining("lifesign skip " + commands + " 0 0 --reason");
    }
    Cli skipped = skip(commands, "0", "0", "--reason", "stops the timeline");
    assertThat(skipped.exit()).as(skipped.err()).isZero();
    try (LivePipeline pipeline = run()) {
      pipeline.runner().awaitRunning();
      Awaitility.await().atMost(PATIENCE).until(() -> !letters().isEmpty());
      assertThat(pipeline.runner().failure()).isEmpty();
    }
    assertThat(letters())
        .extracting(DeadLetter::getTopic, DeadLetter::getReason)
        .containsExactly(tuple(commands, "SKIPPED"));
  }

  private List<DeadLetter> letters() {
    return sandbox.read(Topics.STANDARD.deadLetters(), DeadLetter.class);
  }

  private List<String> changed() {
    return sandbox.read(Topics.STANDARD.statusChanges(), StatusChange.class).stream()
        .map(StatusChange::getCustomerId)
        .toList();
  }

  @Test
  void whatCannotBeSkippedIsRefusedWithASentence() throws Exception {
    send("one");
    expectRefused("is not an input topic", "lifesign.control", "0", "0");
    expectRefused(
        "is not an input topic; the input topics are lifesign.purchases, ", "elsewhere", "0", "0");
    expectRefused("has no partition 1, only 0 to 0", PURCHASES, "1", "0");
    expectRefused("has no partition -1, only 0 to 0", PURCHASES, "-1", "0");
    expectRefused("has no offset 1, only 0 to 0", PURCHASES, "0", "1");
    expectRefused("has no offset -1", PURCHASES, "0", "-1");
    assertThat(skip(PURCHASES, "0", "0", "--reason", " ").err()).contains("The reason is blank");
    assertThat(skip(PURCHASES, "0", "0").err()).contains("--reason");
  }

  private void expectRefused(String sentence, String topic, String partition, String offset) {
    Cli refused = skip("--reason", "why", "--", topic, partition, offset);
    assertThat(refused.err()).contains(sentence);
    assertThat(refused.exit()).isEqualTo(1);
  }
}
