package dev.lifesign.domain.history;

import dev.lifesign.domain.history.Reference.Accepted;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.policy.Policy;
import java.util.List;
import java.util.Optional;

/** Scores, segment and value of a customer at the instant of a judgement, from all its events. */
final class ReferenceScores {

  private static final long DAY = 86_400_000L;
  private static final double YEAR = 365.0 * DAY;
  private static final int STEPS = 12;

  /** Closer to 1 than this, a is not divided by a − 1. */
  private static final double NEAR_ONE = 1e-4;

  private final Reference history;
  private final Policy policy;
  private final long at;

  ReferenceScores(Reference history) {
    this.history = history;
    this.policy = history.policy();
    this.at = history.judgedAt();
  }

  /** R, F and M by fixed cut points; empty without a transaction in the window. */
  Optional<int[]> rfm() {
    int window = policy.rfm().windowDays();
    for (Accepted h : history.accepted()) {
      history.reached(history.start(h.day() + window));
    }
    long[] ordersAndMoney = history.ordersAndMoney(window, at);
    if (ordersAndMoney[0] == 0 || policy.rfm().cuts().isEmpty()) {
      return Optional.empty();
    }
    Policy.Cuts cuts = policy.rfm().cuts().get();
    long last = history.latest(h -> Reference.isTransaction(h.event()));
    int recency = 5;
    for (long cut : cuts.recency()) {
      recency -= history.reached(last + cut + 1) ? 1 : 0;
    }
    int frequency = 1 + below(cuts.orders(), ordersAndMoney[0]);
    int monetary = 1 + below(cuts.money(), ordersAndMoney[1]);
    return Optional.of(new int[] {recency, frequency, monetary});
  }

  private static int below(List<Long> cuts, long value) {
    return (int) cuts.stream().filter(cut -> cut < value).count();
  }

  /** The first segment of the table that matches; empty if none does. */
  String segment() {
    Optional<int[]> rfm = rfm();
    if (rfm.isEmpty()) {
      return "";
    }
    int[] score = rfm.get();
    for (Policy.SegmentRule rule : policy.rfm().segments()) {
      if (in(rule.recency(), score[0])
          && in(rule.frequency(), score[1])
          && in(rule.monetary(), score[2])) {
        return rule.name();
      }
    }
    return "";
  }

  private static boolean in(Policy.ScoreRange range, int score) {
    return range.from() <= score && score <= range.to();
  }

  /** The probability of being alive; null without a model or a purchase. */
  Double alive() {
    List<Long> days = history.purchaseDays();
    if (policy.model().isEmpty() || days.isEmpty()) {
      return null;
    }
    PurchaseModel model = policy.model().get().purchases();
    int x = days.size() - 1;
    boolean modified = model.family() == PurchaseModel.Family.MBG_NBD;
    if (x == 0 && !modified) {
      return 1.0;
    }
    double stayed = modified ? model.b() + x : model.b() + x - 1;
    double silence =
        Math.pow((model.alpha() + age(days)) / (model.alpha() + last(days)), model.r() + x);
    return 1 / (1 + model.a() / stayed * silence);
  }

  private double last(List<Long> days) {
    double unit = policy.model().get().unit();
    return (days.get(days.size() - 1) - days.get(0)) * DAY / unit;
  }

  private double age(List<Long> days) {
    double unit = policy.model().get().unit();
    return Math.max(last(days), (at - history.start(days.get(0))) / unit);
  }

  /** The value at stake, minor units of the base currency. */
  long valueAtStake() {
    long net = history.ordersAndMoney(policy.rfm().windowDays(), at)[1];
    double value = Math.max(0, net);
    Double alive = alive();
    if (alive != null && alive > 0) {
      value = Math.max(value, ifStaying());
    }
    return (long) Math.rint(value);
  }

  /** The sum of semantics, KPIs, of a customer who is alive: as predicted, but for P(alive). */
  private double ifStaying() {
    Policy.Model model = policy.model().get();
    List<Long> days = history.purchaseDays();
    int n = days.size();
    long lifetime = history.ordersAndMoney(1_000_000, at)[1];
    double minor = policy.currency().minorUnits();
    double m = Math.max(0, lifetime) / minor / n;
    double spend =
        model.spend().p()
            * (model.spend().v() + n * m)
            / (model.spend().p() * n + model.spend().q() - 1);
    double step = model.horizon() / (double) model.unit() / STEPS;
    double value = 0;
    double before = 0;
    for (int i = 1; i <= STEPS; i++) {
      double until = purchasesIfAlive(i * step, days);
      value +=
          (until - before)
              * spend
              / Math.pow(1 + model.discountRate(), i * (model.horizon() / (STEPS * YEAR)));
      before = until;
    }
    return value * minor;
  }

  /** The published expectation, which has a limit where a is 1: between its neighbours. */
  private double purchasesIfAlive(double time, List<Long> days) {
    double a = policy.model().get().purchases().a();
    return Math.abs(a - 1) < NEAR_ONE
        ? (purchasesIfAlive(time, days, a - 2 * NEAR_ONE)
                + purchasesIfAlive(time, days, a + 2 * NEAR_ONE))
            / 2
        : purchasesIfAlive(time, days, a);
  }

  /** The published expectation of BG/NBD and MBG/NBD, with its series summed term by term. */
  private double purchasesIfAlive(double time, List<Long> days, double a) {
    PurchaseModel model = policy.model().get().purchases();
    int x = days.size() - 1;
    double stayed = model.b() + x + (model.family() == PurchaseModel.Family.MBG_NBD ? 1 : 0);
    double top = model.r() + x;
    double shape = a + stayed - 1;
    double age = model.alpha() + age(days);
    double z = time / (age + time);
    double term = 1;
    double sum = 1;
    for (int i = 0; Math.abs(term) > 1e-17 * Math.abs(sum) || i < top; i++) {
      term *= (top + i) * (stayed + i) / ((shape + i) * (i + 1)) * z;
      sum += term;
    }
    return shape / (a - 1) * (1 - Math.pow(age / (age + time), top) * sum);
  }

  /** Lifetime orders and net money, and those in the window. */
  long[] lifetime() {
    return history.ordersAndMoney(1_000_000, at);
  }

  long[] inWindow() {
    return history.ordersAndMoney(policy.rfm().windowDays(), at);
  }
}
