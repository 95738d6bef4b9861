package dev.lifesign.core.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.history.Arrival;
import dev.lifesign.core.history.Histories;
import dev.lifesign.core.history.RandomPolicies;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.Presets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Timelines side by side say what each says by itself. */
class SideBySideTest {

  private static final int EVENTS = 100;

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void eachSaysWhatItSaysByItself(@ForAll long seed) {
    Policy one = RandomPolicies.of(seed);
    Policy other = RandomPolicies.of(seed + 1);
    List<Policy> policies = List.of(one, judgingAs(one, other), other, one);
    List<Timeline> together = Timeline.sideBySide(policies);
    List<Optional<Customer>> customers =
        new ArrayList<>(Collections.nCopies(policies.size(), Optional.empty()));
    List<Optional<Customer>> alone = new ArrayList<>(customers);
    for (Arrival arrival : Histories.of(seed, "c", EVENTS)) {
      Event event = Acceptance.settle(arrival.event(), arrival.arrivedAt());
      for (int i = 0; i < policies.size(); i++) {
        Timeline by = new Timeline(Policies.of(policies.get(i)));
        Outcome expected = by.apply(alone.get(i), event, arrival.arrivedAt());
        Outcome outcome = together.get(i).apply(customers.get(i), event, arrival.arrivedAt());
        assertThat(outcome).isEqualTo(expected);
        alone.set(i, Optional.of(expected.customer()));
        customers.set(i, Optional.of(outcome.customer()));
      }
    }
  }

  @Test
  void whatIsKeptIsThereOnceWherePoliciesOnlyJudgeDifferently() {
    Policy one = Presets.policy("retail");
    Policy other = Presets.policy("saas");
    List<Timeline> together = Timeline.sideBySide(List.of(one, judgingAs(one, other)));
    Optional<Customer> first = Optional.empty();
    Optional<Customer> second = Optional.empty();
    for (Arrival arrival : Histories.of(1, "c", EVENTS)) {
      Event event = Acceptance.settle(arrival.event(), arrival.arrivedAt());
      first = Optional.of(together.get(0).apply(first, event, arrival.arrivedAt()).customer());
      second = Optional.of(together.get(1).apply(second, event, arrival.arrivedAt()).customer());
    }
    Customer here = first.orElseThrow();
    Customer there = second.orElseThrow();
    assertThat(here.standing()).isNotEqualTo(there.standing());
    assertThat(here.recentEvents()).isSameAs(there.recentEvents());
    assertThat(here.families()).isSameAs(there.families());
    assertThat(here.score()).isSameAs(there.score());
    assertThat(here.milestones().lastByFamily()).isSameAs(there.milestones().lastByFamily());
    assertThat(here.commerce().panes()).isSameAs(there.commerce().panes());
    assertThat(here.commerce().purchaseDays()).isSameAs(there.commerce().purchaseDays());
  }

  /** What is kept of an event as one policy has it, and the statuses and alerts of another. */
  private static Policy judgingAs(Policy keeping, Policy judging) {
    return new Policy(
        keeping.version(),
        keeping.lateness(),
        keeping.currency(),
        keeping.activity(),
        judging.lifecycle(),
        judging.subscriptions(),
        keeping.rfm(),
        judging.model(),
        judging.alerts());
  }
}
