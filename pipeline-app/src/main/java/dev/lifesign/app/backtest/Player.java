package dev.lifesign.app.backtest;

import dev.lifesign.core.alert.AlertFact;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.Status;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.lifecycle.Silence;
import dev.lifesign.core.lifecycle.Situation;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.policy.Policies;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.scoring.Prediction;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Timeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays a history under a policy, and keeps what a backtest asks for. An event takes the deadlines
 * before it, so no tick is needed but at the cuts and at the end.
 */
final class Player {

  private static final long WEEK = 7 * Instants.DAY;

  private final Policy policy;
  private final Cuts cuts;
  private final Tally tally;
  private final Timeline timeline;
  private final Map<String, Customer> customers = new HashMap<>();
  private final Map<String, Long> atRiskSince = new HashMap<>();
  private int cut = -1;

  Player(Policy policy, Cuts cuts) {
    this.policy = policy;
    this.cuts = cuts;
    this.tally = new Tally(cuts);
    this.timeline = new Timeline(Policies.of(policy.unscored()));
  }

  void hear(Event event, long arrivedAt) {
    take(
        timeline.apply(
            Optional.ofNullable(customers.get(event.customerId())),
            Acceptance.settle(event, arrivedAt),
            arrivedAt));
  }

  /** Takes the deadlines of everybody that are due when time has come to an instant. */
  void advance(long at) {
    long bound = timeline.horizon(at);
    for (Customer customer : List.copyOf(customers.values())) {
      if (timeline.nextTouch(customer) < bound) {
        take(timeline.advance(customer, bound, at));
      }
    }
  }

  /** Looks at everybody at the next cut, every deadline before it taken. */
  void cut() {
    cut++;
    long at = cuts.instants().get(cut);
    advance(at + policy.lateness());
    for (Customer customer : customers.values()) {
      if (customer.milestones().lastTransaction() != Instants.NEVER
          && customer.standing().sequence() > 0) {
        tally.cases(cut).add(look(customer, at));
      }
    }
  }

  Tally tally() {
    return tally;
  }

  private Case look(Customer customer, long at) {
    // What was heard early does not count: the customer's clock may be past the cut.
    long now = Math.max(at, customer.clock());
    Situation situation = Situation.of(customer, policy, now);
    Silence silence = situation.silence();
    Status status = customer.standing().status();
    double urgency =
        situation.entitled() || silence.threshold() <= 0
            ? 0
            : (now - silence.since()) / (double) silence.threshold();
    Optional<Policy.Model> model = policy.model();
    double modelled =
        model.isEmpty() || customer.commerce().purchaseDays().size() == 0
            ? Double.NaN
            : model
                .get()
                .purchases()
                .purchaseWithin(
                    cuts.holdout() / (double) model.get().unit(),
                    Prediction.purchases(
                        customer.commerce().purchaseDays(), model.get().unit(), now));
    return new Case(
        customer.id(),
        status,
        (now - customer.milestones().lastTransaction()) / (double) Instants.DAY,
        urgency,
        modelled,
        customer.commerce().panes().net(policy.rfm().windowDays(), now));
  }

  private void take(Outcome outcome) {
    customers.put(outcome.customer().id(), outcome.customer());
    for (StatusChange change : outcome.statusChanges()) {
      if (change.isEntry()) {
        entered(change);
      }
    }
    for (AlertFact alert : outcome.alerts()) {
      if (alert.ending().isEmpty()) {
        tally.alert(Math.floorDiv(alert.at(), WEEK));
      }
    }
    long transaction = outcome.customer().milestones().lastTransaction();
    if (cut >= 0 && transaction != Instants.NEVER) {
      tally.transaction(outcome.customer().id(), transaction);
    }
  }

  private void entered(StatusChange change) {
    Status status = change.to().status();
    tally.entry(Math.floorDiv(change.effectiveAt(), WEEK), status);
    if (status == Status.AT_RISK) {
      atRiskSince.put(change.customerId(), change.effectiveAt());
    } else if (status == Status.CHURNED) {
      Long since = atRiskSince.remove(change.customerId());
      if (since != null) {
        tally.lead(change.effectiveAt() - since);
      }
    } else if (status != Status.DORMANT) {
      atRiskSince.remove(change.customerId());
    }
  }

  /** The tallies of players that played for different customers, as one. */
  static Tally merged(List<Player> players, Cuts cuts) {
    Tally all = new Tally(cuts);
    players.forEach(player -> all.add(player.tally));
    return all;
  }
}
