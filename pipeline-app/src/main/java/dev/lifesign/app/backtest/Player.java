package dev.lifesign.app.backtest;

import dev.lifesign.core.alert.AlertFact;
import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.customer.Status;
import dev.lifesign.core.lifecycle.Silence;
import dev.lifesign.core.lifecycle.Situation;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.scoring.Prediction;
import dev.lifesign.core.time.Instants;
import dev.lifesign.core.timeline.Outcome;
import dev.lifesign.core.timeline.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Plays customers under a policy, one after the other, beside the players of other policies, and
 * keeps what a backtest asks for. An event takes the deadlines before it, so no tick is needed but
 * at the cuts and at the end.
 */
final class Player {

  private static final long WEEK = 7 * Instants.DAY;

  private final Policy policy;
  private final Cuts cuts;
  private final long end;
  private final Tally tally;
  private final Timeline timeline;

  /** Of the customer that is played: as it is, since when at risk, and the cut it has come to. */
  private Optional<Customer> customer = Optional.empty();

  private long atRiskSince;
  private int cut;

  /** By cut: what it was there, and when it first came back in the holdout after it. */
  private final List<Optional<Case>> looked;

  private final long[] returnedAt;

  /**
   * A player.
   *
   * @param timeline under the policy
   * @param end of the history, exclusive
   */
  private Player(Policy policy, Timeline timeline, Cuts cuts, long end) {
    this.policy = policy;
    this.cuts = cuts;
    this.end = end;
    this.tally = new Tally(cuts);
    this.looked = new ArrayList<>(Collections.nCopies(cuts.instants().size(), Optional.empty()));
    this.returnedAt = new long[cuts.instants().size()];
    this.timeline = timeline;
  }

  /** A player for each policy. */
  static List<Player> of(List<Policy> policies, Cuts cuts, long end) {
    List<Timeline> timelines =
        Timeline.sideBySide(policies.stream().map(Policy::unscored).toList());
    return IntStream.range(0, timelines.size())
        .mapToObj(i -> new Player(policies.get(i), timelines.get(i), cuts, end))
        .toList();
  }

  /**
   * Plays all that a customer did, under each policy: looks at it at every cut, and takes what is
   * due by the end.
   *
   * @param players of one call of {@link #of}
   * @param history in the order of arrival; what arrives after the end is left out
   */
  static void play(List<Player> players, List<Shard.Arrived> history) {
    players.forEach(Player::begin);
    for (Shard.Arrived arrived : history) {
      for (Player player : players) {
        player.take(arrived);
      }
    }
    players.forEach(Player::finish);
  }

  private void begin() {
    customer = Optional.empty();
    atRiskSince = Instants.NEVER;
    cut = -1;
    Collections.fill(looked, Optional.empty());
    Arrays.fill(returnedAt, Instants.FOREVER);
  }

  private void take(Shard.Arrived arrived) {
    if (arrived.arrivedAt() < end) {
      cutUpTo(arrived.arrivedAt());
      take(timeline.apply(customer, arrived.event(), arrived.arrivedAt()));
    }
  }

  private void finish() {
    cutUpTo(end);
    advance(end);
    for (int i = 0; i < returnedAt.length; i++) {
      if (looked.get(i).isPresent()) {
        tally.cases(i).add(looked.get(i).get().returning(daysToReturn(i)));
      }
    }
  }

  private double daysToReturn(int after) {
    return returnedAt[after] == Instants.FOREVER
        ? Double.NaN
        : (returnedAt[after] - cuts.instants().get(after)) / (double) Instants.DAY;
  }

  /** Looks at the customer at the cuts up to an instant, every deadline before them taken. */
  private void cutUpTo(long instant) {
    while (cut + 1 < cuts.instants().size() && cuts.instants().get(cut + 1) <= instant) {
      cut++;
      long at = cuts.instants().get(cut);
      advance(at + policy.lateness());
      looked.set(
          cut,
          customer
              .filter(
                  each ->
                      each.milestones().lastTransaction() != Instants.NEVER
                          && each.standing().sequence() > 0)
              .map(each -> look(each, at)));
    }
  }

  private void advance(long at) {
    long bound = timeline.horizon(at);
    customer.ifPresent(
        each -> {
          if (timeline.nextTouch(each) < bound) {
            take(timeline.advance(each, bound, at));
          }
        });
  }

  Tally tally() {
    return tally;
  }

  private Case look(Customer each, long at) {
    // What was heard early does not count: the customer's clock may be past the cut.
    long now = Math.max(at, each.clock());
    Situation situation = Situation.of(each, policy, now);
    Silence silence = situation.silence();
    Status status = each.standing().status();
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
                    Prediction.purchases(each.commerce().purchaseDays(), model.get().unit(), now));
    return new Case(
        status,
        (now - each.milestones().lastTransaction()) / (double) Instants.DAY,
        urgency,
        modelled,
        each.commerce().panes().net(policy.rfm().windowDays(), now),
        Double.NaN);
  }

  private void take(Outcome outcome) {
    customer = Optional.of(outcome.customer());
    if (!outcome.statusChanges().isEmpty() || !outcome.alerts().isEmpty()) {
      count(outcome);
    }
    long transaction = outcome.customer().milestones().lastTransaction();
    if (cut >= 0 && transaction != Instants.NEVER) {
      returned(transaction);
    }
  }

  private void count(Outcome outcome) {
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
  }

  private void returned(long at) {
    for (int i = 0; i < returnedAt.length; i++) {
      long from = cuts.instants().get(i);
      if (at >= from && at < from + cuts.holdout()) {
        returnedAt[i] = Math.min(returnedAt[i], at);
      }
    }
  }

  private void entered(StatusChange change) {
    Status status = change.to().status();
    tally.entry(Math.floorDiv(change.effectiveAt(), WEEK), status);
    if (status == Status.AT_RISK) {
      atRiskSince = change.effectiveAt();
    } else if (status == Status.CHURNED) {
      if (atRiskSince != Instants.NEVER) {
        tally.lead(change.effectiveAt() - atRiskSince);
      }
      atRiskSince = Instants.NEVER;
    } else if (status != Status.DORMANT) {
      atRiskSince = Instants.NEVER;
    }
  }
}
