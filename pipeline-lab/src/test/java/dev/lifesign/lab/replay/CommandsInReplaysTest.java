package dev.lifesign.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.history.CaseHistory;
import dev.lifesign.domain.history.Step;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Commands in a replay, which plays events customer by customer, come in order of arrival. */
class CommandsInReplaysTest {

  @Test
  void commandsAreCarriedOutBetweenTheEventsTheyArriveBetween() {
    int commands = 0;
    int alerts = 0;
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      CaseHistory history = CaseHistory.of(seed);
      List<Long> ticks = history.ticks(random);
      Naive expected = new Naive(history.policies());
      Replayed found = new Replayed(history.policies());
      play(history, ticks, expected);
      play(history, ticks, found);
      found.customers.play();
      assertThat(found.answers).as("seed %d", seed).isEqualTo(expected.answers);
      assertThat(found.facts).as("seed %d", seed).isEqualTo(expected.facts);
      assertThat(found.dropped).as("seed %d", seed).isEqualTo(expected.dropped);
      assertThat(found.customers.all())
          .as("seed %d", seed)
          .containsExactlyElementsOf(expected.customer.stream().toList());
      commands += expected.answers.size();
      alerts += expected.facts.size();
    }
    assertThat(commands).isGreaterThan(500);
    assertThat(alerts).isGreaterThan(500);
  }

  private static void play(CaseHistory history, List<Long> ticks, Taker taker) {
    int next = 0;
    for (Step step : history.steps()) {
      while (next < ticks.size() && ticks.get(next) < step.at()) {
        taker.tick(ticks.get(next++));
      }
      if (step instanceof Step.Happens happens) {
        if (Acceptance.check(happens.event(), happens.at()).isEmpty()) {
          taker.event(happens.event(), happens.at());
        }
      } else if (step instanceof Step.Asks asks) {
        taker.command(asks.command(), asks.at());
      }
    }
    taker.tick(history.until());
  }

  /** What takes events, commands and ticks. */
  private abstract static class Taker {
    final List<AlertFact> facts = new ArrayList<>();
    final List<CommandResult> answers = new ArrayList<>();
    int dropped;

    abstract void event(Event event, long at);

    abstract void command(Command command, long at);

    abstract void tick(long at);
  }

  /** The code under test. */
  private static final class Replayed extends Taker {
    final DirectCustomers customers;

    Replayed(Policies policies) {
      customers =
          new DirectCustomers(
              policies, decision -> facts.addAll(decision.alerts()), () -> dropped++);
    }

    @Override
    void event(Event event, long at) {
      customers.accept(event, at);
    }

    @Override
    void command(Command command, long at) {
      answers.add(customers.obey(command, at));
    }

    @Override
    void tick(long at) {
      customers.tick(at);
    }
  }

  /** The slow, obvious implementation. */
  private static final class Naive extends Taker {
    private final Timeline timeline;
    private Optional<Customer> customer = Optional.empty();
    private long erasedAt = Instants.NEVER;
    private String erasedBy = "";

    Naive(Policies policies) {
      this.timeline = new Timeline(policies);
    }

    @Override
    void event(Event event, long at) {
      if (erasedAt != Instants.NEVER && at < erasedAt + 30 * Instants.DAY) {
        dropped++;
      } else {
        keep(timeline.apply(customer, Acceptance.settle(event, at), at));
      }
    }

    @Override
    void command(Command command, long at) {
      if (customer.isEmpty()) {
        answers.add(
            erasedBy.equals(command.commandId())
                ? new CommandResult(command, Refusal.NONE, 0)
                : CommandResult.unknownCustomer(command));
        return;
      }
      Decision decision = timeline.apply(customer.get(), command, at);
      keep(decision);
      answers.add(decision.command().orElseThrow().result());
      if (decision.command().orElseThrow().erased()) {
        customer = Optional.empty();
        erasedAt = at;
        erasedBy = command.commandId();
      }
    }

    @Override
    void tick(long at) {
      while (customer.isPresent() && timeline.nextTouch(customer.get()) < timeline.horizon(at)) {
        keep(timeline.advance(customer.get(), timeline.nextTouch(customer.get()) + 1, at));
      }
    }

    private void keep(Decision decision) {
      customer = Optional.of(decision.customer());
      facts.addAll(decision.alerts());
    }
  }
}
