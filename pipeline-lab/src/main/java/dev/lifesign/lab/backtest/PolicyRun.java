package dev.lifesign.lab.backtest;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.lifecycle.Silence;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Replays customers under a policy, one after the other, side by side with the runs of other
 * policies, and counts what a backtest needs. An event takes the deadlines before it, so ticks are
 * needed only at the cutoffs and at the end.
 */
final class PolicyRun {

  private final Policy policy;

  private final Cuts cuts;

  /** Per cutoff: its instant, and the end of the holdout after it. */
  private final long[] cutoffs;

  private final long[] holdoutEnds;
  private final long end;
  private final PolicyCounts counts;
  private final Timeline timeline;
  private final List<String> cases;

  /**
   * The current customer: its state, since when it has been at risk, and the last cutoff reached.
   */
  private Optional<Customer> customer = Optional.empty();

  private long atRiskSince;
  private int cutoff;

  /**
   * Per cutoff: the customer's observation, and when it first came back in the holdout after it.
   */
  private final List<Optional<Observation>> observed;

  private final long[] returnedAt;

  /** The customer's alerts that it has not bought after, and for which it still matters. */
  private final List<Raised> pending = new ArrayList<>();

  /** An alert of a case, by the case's place in the policy. */
  private record Raised(int place, long at) {}

  /**
   * A run.
   *
   * @param timeline the policy's timeline
   * @param end the end of the history, exclusive
   */
  private PolicyRun(Policy policy, Timeline timeline, Cuts cuts, long end) {
    this.policy = policy;
    this.cuts = cuts;
    this.end = end;
    this.cases = policy.cases().stream().map(Case::id).toList();
    this.counts = new PolicyCounts(cuts, policy);
    this.cutoffs = IntStream.range(0, cuts.size()).mapToLong(cuts::instant).toArray();
    this.holdoutEnds = IntStream.range(0, cuts.size()).mapToLong(cuts::holdoutEnd).toArray();
    this.observed = new ArrayList<>(Collections.nCopies(cutoffs.length, Optional.empty()));
    this.returnedAt = new long[cutoffs.length];
    this.timeline = timeline;
  }

  /** One run per policy. */
  static List<PolicyRun> of(List<Policy> policies, Cuts cuts, long end) {
    List<Timeline> timelines =
        Timeline.sideBySide(policies.stream().map(Segments::needed).toList());
    return IntStream.range(0, timelines.size())
        .mapToObj(i -> new PolicyRun(policies.get(i), timelines.get(i), cuts, end))
        .toList();
  }

  /**
   * Replays a customer's history under each policy: observes the customer at every cutoff, and
   * takes the deadlines up to the end.
   *
   * @param runs the result of one call of {@link #of}
   * @param history in order of arrival; events that arrive after the end are left out
   */
  static void replay(List<PolicyRun> runs, List<Shard.Arrived> history) {
    runs.forEach(PolicyRun::begin);
    for (Shard.Arrived arrived : history) {
      for (PolicyRun run : runs) {
        run.apply(arrived);
      }
    }
    runs.forEach(PolicyRun::finish);
  }

  private void begin() {
    customer = Optional.empty();
    atRiskSince = Instants.NEVER;
    cutoff = -1;
    Collections.fill(observed, Optional.empty());
    Arrays.fill(returnedAt, Instants.FOREVER);
    pending.clear();
  }

  private void apply(Shard.Arrived arrived) {
    if (arrived.arrivedAt() < end) {
      observeUpTo(arrived.arrivedAt());
      keep(timeline.apply(customer, arrived.event(), arrived.arrivedAt()));
    }
  }

  private void finish() {
    observeUpTo(end);
    advance(end);
    for (int i = 0; i < returnedAt.length; i++) {
      if (observed.get(i).isPresent()) {
        counts.observations(i).add(observed.get(i).get().returning(daysToReturn(i)));
      }
    }
    for (Raised alert : pending) {
      if (alert.at() + cuts.holdout() <= end) {
        counts.judged(alert.place(), true);
      }
    }
  }

  private double daysToReturn(int after) {
    return returnedAt[after] == Instants.FOREVER
        ? Double.NaN
        : (returnedAt[after] - cutoffs[after]) / (double) Instants.DAY;
  }

  /**
   * Observes the customer at the cutoffs up to an instant, with every deadline up to them taken:
   * one that lies exactly at a cutoff too (semantics, Status).
   */
  private void observeUpTo(long instant) {
    while (cutoff + 1 < cutoffs.length && cutoffs[cutoff + 1] <= instant) {
      cutoff++;
      long at = cutoffs[cutoff];
      advance(at + policy.lateness() + 1);
      observed.set(
          cutoff,
          customer
              .filter(
                  each ->
                      each.milestones().lastTransaction() != Instants.NEVER
                          && each.statusState().sequence() > 0)
              .map(each -> observe(each, at)));
    }
  }

  private void advance(long at) {
    long bound = timeline.horizon(at);
    customer.ifPresent(
        each -> {
          if (timeline.nextTouch(each) < bound) {
            keep(timeline.advance(each, bound, at));
          }
        });
  }

  PolicyCounts counts() {
    return counts;
  }

  private Observation observe(Customer each, long at) {
    // The customer's clock may already be past the cutoff.
    long now = Math.max(at, each.clock());
    Situation situation = Situation.of(each, policy, now);
    Silence silence = situation.silence();
    Status status = each.statusState().status();
    double urgency =
        situation.entitled() || silence.threshold() <= 0
            ? 0
            : (now - silence.since()) / (double) silence.threshold();
    Optional<Policy.Model> model = policy.model();
    double modelled =
        model.isEmpty() || each.commerce().purchaseDays().size() == 0
            ? Double.NaN
            : model
                .get()
                .purchases()
                .purchaseWithin(
                    cuts.holdout() / (double) model.get().unit(),
                    Prediction.purchases(
                        each.commerce().purchaseDays(), model.get().unit(), now, policy.days()));
    return new Observation(
        status,
        (now - each.milestones().lastTransaction()) / (double) Instants.DAY,
        urgency,
        modelled,
        each.commerce().panes().net(policy.rfm().windowDays(), policy.days().dayOf(now)),
        Double.NaN,
        silent(each, situation, now),
        (int) Long.remainderUnsigned(Shards.place(each.id()), Observations.GROUPS));
  }

  private static Optional<Silent> silent(Customer each, Situation situation, long now) {
    if (situation.entitled() || situation.lapsed()) {
      return Optional.empty();
    }
    DaySet days = each.commerce().purchaseDays();
    return Optional.of(
        days.size() == 0
            ? new Silent(now, situation.silence().since(), 0, 0, 0)
            : new Silent(
                now,
                situation.silence().since(),
                days.size(),
                days.day(0),
                days.day(days.size() - 1)));
  }

  private void keep(Decision decision) {
    customer = Optional.of(decision.customer());
    if (!decision.statusChanges().isEmpty() || !decision.alerts().isEmpty()) {
      count(decision);
    }
    long transaction = decision.customer().milestones().lastTransaction();
    if (cutoff >= 0 && transaction != Instants.NEVER) {
      returned(transaction);
    }
    if (!pending.isEmpty()) {
      bought(transaction);
    }
  }

  private void count(Decision decision) {
    for (StatusChange change : decision.statusChanges()) {
      if (change.isEntry()) {
        entered(change);
      }
    }
    for (AlertFact alert : decision.alerts()) {
      count(alert);
    }
  }

  private void count(AlertFact alert) {
    long at = alert.detection().effectiveAt();
    int place = cases.indexOf(alert.caseId());
    if (alert.change() == AlertChange.RAISED) {
      counts.alert(cuts.weekOf(at), place);
      pending.add(new Raised(place, at));
    }
    if (alert.notifies() && !alert.alert().origin().muted()) {
      counts.notification(cuts.weekOf(at), place);
    }
  }

  /** Those alerts were wrong that the customer bought after, within a holdout's length. */
  private void bought(long at) {
    pending.removeIf(
        alert -> {
          boolean isWrong = at > alert.at() && at < alert.at() + cuts.holdout();
          if (isWrong && alert.at() + cuts.holdout() <= end) {
            counts.judged(alert.place(), false);
          }
          return isWrong;
        });
  }

  private void returned(long at) {
    for (int i = 0; i < returnedAt.length; i++) {
      if (at >= cutoffs[i] && at < holdoutEnds[i]) {
        returnedAt[i] = Math.min(returnedAt[i], at);
      }
    }
  }

  private void entered(StatusChange change) {
    Status status = change.to().status();
    counts.entry(cuts.weekOf(change.effectiveAt()), status);
    if (status == Status.AT_RISK) {
      atRiskSince = change.effectiveAt();
    } else if (status == Status.CHURNED) {
      if (atRiskSince != Instants.NEVER) {
        counts.lead(change.effectiveAt() - atRiskSince);
      }
      atRiskSince = Instants.NEVER;
    } else if (status != Status.DORMANT) {
      atRiskSince = Instants.NEVER;
    }
  }
}
