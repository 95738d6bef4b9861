package dev.lifesign.domain.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.condition.Conditions.Standing;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.lifecycle.StatusTable;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Judges a condition as cases do: at each event, and at each instant that it named itself. Makes
 * sure that judgements in between change nothing.
 */
final class Watch {

  private static final int SAMPLES = 2;

  private final Random random = new Random(1);
  private final Policy policy;
  private final Timeline timeline;
  private final Condition when;
  private final List<String> changes = new ArrayList<>();
  private Optional<Customer> customer = Optional.empty();
  private Standing standing = Standing.NONE;

  Watch(Policy policy, Condition when) {
    this.policy = policy;
    this.timeline = new Timeline(Policies.of(policy));
    this.when = when;
  }

  /** Applies an event that arrives at an instant, after what time brings about before that. */
  Watch apply(Event event, long arrivedAt) {
    customer.ifPresent(known -> advance(arrivedAt));
    customer = Optional.of(timeline.apply(customer, event, arrivedAt).customer());
    judge(customer.orElseThrow().clock());
    return this;
  }

  /** Lets time pass, up to but not including an instant. */
  Watch advance(long until) {
    long from = customer.orElseThrow().clock();
    long next = next(from);
    while (next < until) {
      assertThat(next).isGreaterThan(from);
      checkNothingChanges(from, next);
      judge(next);
      from = next;
      next = next(from);
    }
    if (from < until) {
      checkNothingChanges(from, until);
    }
    return this;
  }

  /** When it began and ended. */
  List<String> changes() {
    return changes;
  }

  Standing standing() {
    return standing;
  }

  private long next(long at) {
    return Conditions.next(when, scene(at), standing);
  }

  private void judge(long at) {
    Standing before = standing;
    standing = Conditions.judge(when, scene(at), before);
    if (before.holds() != standing.holds()) {
      changes.add((standing.holds() ? "begins " : "ends ") + Instants.format(at));
    }
  }

  private void checkNothingChanges(long from, long next) {
    assertThat(standingAt(next - 1)).as("just before the named instant").isEqualTo(standing);
    for (int i = 0; i < SAMPLES; i++) {
      long at = from + (long) (random.nextDouble() * (next - from));
      assertThat(standingAt(at)).as(Instants.format(at)).isEqualTo(standing);
      assertThat(next(at)).as(Instants.format(at)).isGreaterThanOrEqualTo(next);
    }
  }

  private Standing standingAt(long at) {
    return Conditions.judge(when, scene(at), standing);
  }

  private Scene scene(long at) {
    Customer advanced = timeline.advance(customer.orElseThrow(), at, at).customer();
    Situation situation = Situation.of(advanced, policy, at);
    return new Scene(
        advanced,
        policy,
        situation,
        StatusTable.assess(advanced, policy, situation),
        advanced.segment().current());
  }
}
