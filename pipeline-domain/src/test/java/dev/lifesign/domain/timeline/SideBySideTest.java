package dev.lifesign.domain.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.history.RandomPolicies;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Timelines side by side decide as each does alone. */
class SideBySideTest {

  private static final int EVENTS = 100;

  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void eachDecidesAsItDoesAlone(@ForAll long seed) {
    Policy one = RandomPolicies.of(seed);
    Policy other = RandomPolicies.of(seed + 1);
    Policy elsewhere =
        PolicyReader.read(RandomPolicies.yaml(seed, 1, "Asia/Kathmandu")).policy().orElseThrow();
    List<Policy> policies = List.of(one, judgingAs(one, other), other, elsewhere, one);
    List<Timeline> together = Timeline.sideBySide(policies);
    List<Optional<Customer>> customers =
        new ArrayList<>(Collections.nCopies(policies.size(), Optional.empty()));
    List<Optional<Customer>> alone = new ArrayList<>(customers);
    for (Arrival arrival : Histories.in(one.calendar().zone(), seed, "c", EVENTS)) {
      Event event = Acceptance.settle(arrival.event(), arrival.arrivedAt());
      for (int i = 0; i < policies.size(); i++) {
        Timeline by = new Timeline(Policies.of(policies.get(i)));
        Decision expected = by.apply(alone.get(i), event, arrival.arrivedAt());
        Decision decision = together.get(i).apply(customers.get(i), event, arrival.arrivedAt());
        assertThat(decision).isEqualTo(expected);
        alone.set(i, Optional.of(expected.customer()));
        customers.set(i, Optional.of(decision.customer()));
      }
    }
  }

  @Test
  void aggregatesAreSharedIfPoliciesOnlyJudgeDifferently() {
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
    Customer firstCustomer = first.orElseThrow();
    Customer secondCustomer = second.orElseThrow();
    assertThat(firstCustomer.statusState()).isNotEqualTo(secondCustomer.statusState());
    assertThat(firstCustomer.recentEvents()).isSameAs(secondCustomer.recentEvents());
    assertThat(firstCustomer.families()).isSameAs(secondCustomer.families());
    assertThat(firstCustomer.score()).isSameAs(secondCustomer.score());
    assertThat(firstCustomer.milestones().lastByFamily())
        .isSameAs(secondCustomer.milestones().lastByFamily());
    assertThat(firstCustomer.commerce().panes()).isSameAs(secondCustomer.commerce().panes());
    assertThat(firstCustomer.commerce().purchaseDays())
        .isSameAs(secondCustomer.commerce().purchaseDays());
  }

  /** The aggregation settings of one policy, and the statuses and alerts of another. */
  private static Policy judgingAs(Policy aggregating, Policy judging) {
    return new Policy(
        aggregating.version(),
        aggregating.lateness(),
        aggregating.locale(),
        aggregating.currency(),
        aggregating.activity(),
        judging.lifecycle(),
        judging.subscriptions(),
        aggregating.rfm(),
        judging.model(),
        judging.cases());
  }
}
