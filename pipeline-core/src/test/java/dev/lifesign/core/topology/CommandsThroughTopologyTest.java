package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.codec.FactCodec;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.history.CaseHistory;
import dev.lifesign.domain.history.Step;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.schema.ChurnAlert;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random events and commands: the topology publishes what the timeline decides. */
class CommandsThroughTopologyTest {

  private static final int HISTORIES = 60;
  private static final long ERASED_FOR = PipelineOptions.Erasing.DEFAULT.dropsFor().toMillis();

  @TempDir Path dir;

  /** The timeline with one customer; tells what the topology should. */
  private static final class Direct {
    private final Timeline timeline;
    private final List<ChurnAlert> alerts = new ArrayList<>();
    private final List<dev.lifesign.schema.CommandResult> answers = new ArrayList<>();
    private Optional<Customer> customer = Optional.empty();
    private Optional<String> erasedBy = Optional.empty();
    private long erasedAt = Instants.NEVER;
    private long last = Instants.NEVER;
    private int erased;

    Direct(Policy policy) {
      this.timeline = new Timeline(Policies.of(policy));
    }

    void event(Event event, long at) {
      long arrivedAt = Math.max(at, last + 1);
      last = arrivedAt;
      if (customer.isEmpty() && erasedBy.isPresent() && arrivedAt < erasedAt + ERASED_FOR) {
        last = Instants.NEVER;
        return;
      }
      keep(timeline.apply(customer, Acceptance.settle(event, arrivedAt), arrivedAt));
    }

    void command(Command command, long at) {
      long arrivedAt = Math.max(at, last + 1);
      last = customer.isEmpty() ? Instants.NEVER : arrivedAt;
      if (customer.isEmpty() && erasedBy.filter(command.commandId()::equals).isPresent()) {
        answer(new CommandResult(command, Refusal.NONE, 0), arrivedAt, OptionalLong.of(erasedAt));
        return;
      }
      if (customer.isEmpty()) {
        answer(CommandResult.unknownCustomer(command), arrivedAt, OptionalLong.empty());
        return;
      }
      Decision decision = timeline.apply(customer.get(), command, arrivedAt);
      keep(decision);
      CommandResult result = decision.command().orElseThrow().result();
      if (decision.command().orElseThrow().erased()) {
        customer = Optional.empty();
        erasedBy = Optional.of(command.commandId());
        erasedAt = arrivedAt;
        last = Instants.NEVER;
        erased++;
        answer(result, arrivedAt, OptionalLong.of(arrivedAt));
      } else {
        answer(result, arrivedAt, OptionalLong.empty());
      }
    }

    private void answer(CommandResult result, long arrivedAt, OptionalLong erasing) {
      answers.add(CommandCodec.encode(result, arrivedAt, erasing, PipelineDriver.KEPT));
    }

    void tick(long at) {
      customer.ifPresent(known -> keep(timeline.advance(known, timeline.horizon(at), at)));
    }

    private void keep(Decision decision) {
      customer = Optional.of(decision.customer());
      decision.alerts().forEach(fact -> alerts.add(FactCodec.encode(fact)));
    }
  }

  @Test
  void whatTheTimelineDecidesIsPublished() {
    int alerts = 0;
    int accepted = 0;
    int erased = 0;
    for (long seed = 0; seed < HISTORIES; seed++) {
      CaseHistory history = CaseHistory.of(seed);
      Policy policy = history.policies().list().get(0).policy();
      Direct direct = new Direct(policy);
      try (PipelineDriver driver = new PipelineDriver(policy, dir.resolve("" + seed))) {
        play(history, direct, driver);
        assertThat(driver.alerts()).as("seed " + seed).isEqualTo(direct.alerts);
        assertThat(driver.commandResults()).as("seed " + seed).isEqualTo(direct.answers);
        assertThat(driver.deadLetters()).isEmpty();
      }
      alerts += direct.alerts.size();
      accepted += (int) direct.answers.stream().filter(answer -> answer.getAccepted()).count();
      erased += direct.erased;
    }
    assertThat(alerts).isGreaterThan(5 * HISTORIES);
    assertThat(accepted).isGreaterThan(HISTORIES);
    assertThat(erased).isPositive();
  }

  private static void play(CaseHistory history, Direct direct, PipelineDriver driver) {
    for (Step step : history.steps()) {
      if (step instanceof Step.Happens happens) {
        direct.event(happens.event(), step.at());
        driver.send(happens.event(), step.at());
      } else if (step instanceof Step.Asks asks) {
        direct.command(asks.command(), step.at());
        driver.send(asks.command(), step.at());
      }
    }
    direct.tick(history.until());
    driver.tick(history.until());
    driver.workUpTo(history.until());
  }
}
