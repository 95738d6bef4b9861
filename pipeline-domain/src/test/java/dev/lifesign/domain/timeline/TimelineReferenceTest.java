package dev.lifesign.domain.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.history.RandomPolicies;
import dev.lifesign.domain.history.Reference;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.scoring.RfmScore;
import dev.lifesign.domain.scoring.SegmentChange;
import dev.lifesign.domain.time.Instants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The timeline agrees with the reference model for any schedule of ticks. jqwik prints a failing
 * seed, and the message holds the shortest history that still fails.
 */
class TimelineReferenceTest {

  private static final int EVENTS = 40;

  @Property(tries = 12_000, shrinking = ShrinkingMode.OFF)
  void anyHistoryUnderAnyPolicyAndAnyTicksAgreesWithTheReference(@ForAll long seed) {
    compare(RandomPolicies.of(seed), seed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Asia/Tehran",
        "Africa/Cairo",
        "America/Santiago",
        "Australia/Lord_Howe",
        "America/St_Johns",
        "Pacific/Apia",
        "UTC"
      })
  void anyHistoryAgreesWithTheReferenceInZonesThatChangeTheirClocksAtMidnight(String zone) {
    for (long seed = 0; seed < 500; seed++) {
      compare(PolicyReader.read(RandomPolicies.yaml(seed, 1, zone)).policy().orElseThrow(), seed);
    }
  }

  private static void compare(Policy policy, long seed) {
    List<Arrival> history = Histories.in(policy.calendar().zone(), seed, "c", EVENTS);
    Optional<String> difference = difference(policy, history, seed);
    if (difference.isPresent()) {
      throw new AssertionError(
          "seed " + seed + ": " + shortest(policy, history, seed) + "\n" + policy);
    }
  }

  private static String shortest(Policy policy, List<Arrival> history, long seed) {
    List<Arrival> left = new ArrayList<>(history);
    for (int i = 0; i < left.size(); ) {
      List<Arrival> fewer = new ArrayList<>(left);
      fewer.remove(i);
      if (!fewer.isEmpty() && difference(policy, fewer, seed).isPresent()) {
        left = fewer;
        i = 0;
      } else {
        i++;
      }
    }
    return left.stream().map(Arrival::toString).collect(Collectors.joining("\n"))
        + "\n"
        + difference(policy, left, seed).orElseThrow();
  }

  private static Optional<String> difference(Policy policy, List<Arrival> history, long seed) {
    Reference reference = new Reference(policy);
    long until = history.get(history.size() - 1).arrivedAt() + Duration.ofDays(200).toMillis();
    for (Arrival arrival : history) {
      reference.accept(arrival.event(), arrival.arrivedAt());
    }
    reference.advance(until + 1, until);

    Played played = new Played(new Timeline(Policies.of(policy)));
    Random ticks = new Random(seed);
    long before = history.get(0).arrivedAt() - Instants.DAY;
    for (Arrival arrival : history) {
      for (int i = ticks.nextInt(4); i > 0 && arrival.arrivedAt() > before; i--) {
        before += Math.floorMod(ticks.nextLong(), arrival.arrivedAt() - before);
        played.tick(before);
      }
      played.accept(arrival);
      before = arrival.arrivedAt();
    }
    played.advance(until + 1, until);
    try {
      assertThat(played.rows()).isEqualTo(reference.rows());
      assertThat(played.duplicates).isEqualTo(reference.duplicates());
      Profile profile = Profile.of(played.customer, policy, until);
      long[] lifetime = reference.ordersAndMoney(1_000_000, until);
      long[] window = reference.ordersAndMoney(policy.rfm().windowDays(), until);
      assertThat(profile.customer().commerce().orders()).isEqualTo(lifetime[0]);
      assertThat(profile.customer().commerce().net()).isEqualTo(lifetime[1]);
      assertThat(profile.ordersInWindow()).isEqualTo(window[0]);
      assertThat(profile.netInWindow()).isEqualTo(window[1]);
      assertThat(profile.activityScore()).isCloseTo(reference.score(until), Offset.offset(1e-9));
      assertThat(profile.types().stream().map(Enum::name).collect(Collectors.joining("+")))
          .isEqualTo(reference.types(until));
      assertThat(played.customer.segment().current())
          .isEqualTo(profile.rfm().map(RfmScore::segment).orElse(""));
      String segment = "";
      for (SegmentChange change : played.segments) {
        assertThat(change.from()).isEqualTo(segment).isNotEqualTo(change.to());
        segment = change.to();
      }
      assertThat(segment).isEqualTo(played.customer.segment().current());
      long last = profile.customer().milestones().lastQualifying();
      assertThat(last == Instants.NEVER ? null : Long.valueOf(last))
          .isEqualTo(reference.lastActivity());
    } catch (AssertionError e) {
      return Optional.of(e.getMessage());
    }
    return Optional.empty();
  }

  /** A timeline with its customer and the facts it published. */
  private static final class Played {
    final Timeline timeline;
    final List<StatusChange> changes = new ArrayList<>();
    final List<SegmentChange> segments = new ArrayList<>();
    Customer customer;
    int duplicates;

    Played(Timeline timeline) {
      this.timeline = timeline;
    }

    void accept(Arrival arrival) {
      Decision decision =
          timeline.apply(
              Optional.ofNullable(customer),
              Acceptance.settle(arrival.event(), arrival.arrivedAt()),
              arrival.arrivedAt());
      duplicates += decision.kind() == Decision.Kind.DUPLICATE ? 1 : 0;
      keep(decision);
    }

    void tick(long at) {
      advance(timeline.horizon(at), at);
    }

    void advance(long until, long at) {
      if (customer != null) {
        keep(timeline.advance(customer, until, at));
      }
    }

    private void keep(Decision decision) {
      customer = decision.customer();
      changes.addAll(decision.statusChanges());
      segments.addAll(decision.segmentChanges());
    }

    List<Reference.Row> rows() {
      return changes.stream()
          .map(
              change ->
                  new Reference.Row(
                      change.sequence(),
                      change.from().map(Enum::name).orElse(""),
                      change.to().status().name(),
                      change.to().reason().label(),
                      change.late(),
                      change.effectiveAt()))
          .toList();
    }
  }
}
