package dev.lifesign.domain.alert;

import dev.lifesign.domain.condition.Scene;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.customer.Milestones;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.Silence;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.Condition.ActivityBelow;
import dev.lifesign.domain.policy.Condition.AliveBelow;
import dev.lifesign.domain.policy.Condition.AnniversaryAhead;
import dev.lifesign.domain.policy.Condition.InSegment;
import dev.lifesign.domain.policy.Condition.InStatus;
import dev.lifesign.domain.policy.Condition.RenewalAhead;
import dev.lifesign.domain.policy.Condition.Silent;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.ReturnBy;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** What a condition is judged by: the usual, the present, the threshold, and what would end it. */
final class ConditionFindings {

  /** From so many purchase days on, a customer has a usual gap. */
  private static final int USUAL_FROM = 3;

  private final FindingList found;
  private final Scene scene;
  private final Customer customer;
  private final Policy policy;

  private ConditionFindings(FindingList found, Scene scene) {
    this.found = found;
    this.scene = scene;
    this.customer = scene.customer();
    this.policy = scene.policy();
  }

  static void add(FindingList found, Condition when, Scene scene) {
    ConditionFindings here = new ConditionFindings(found, scene);
    if (when instanceof InStatus) {
      here.status();
    } else if (when instanceof InSegment) {
      here.segment();
    } else if (when instanceof AliveBelow alive) {
      here.alive(alive);
    } else if (when instanceof ActivityBelow activity) {
      here.activity(activity);
    } else if (when instanceof Silent silent) {
      here.silent(silent);
    } else if (when instanceof RenewalAhead renewal) {
      here.renewal(renewal);
    } else if (when instanceof AnniversaryAhead anniversary) {
      here.anniversary(anniversary);
    }
  }

  private void status() {
    found.word("cause", "STATUS");
    switch (scene.now().reason()) {
      case NONE -> found.word("endsBy", "STATUS");
      case SILENCE, MODEL -> silence();
      case PAYMENT_FAILED -> {
        subscription(
            one -> one.state() == Subscription.State.PAST_DUE, Subscription::entitledUntil);
        found.word("endsBy", "PAYMENT");
      }
      case CANCEL_SCHEDULED -> {
        subscription(one -> true, Subscription::entitledUntil);
        found.word("endsBy", "RESUMPTION");
      }
      case UNUSED -> unused();
      case SUBSCRIPTION_ENDED ->
          found
              .moment("subscriptionEnd", scene.situation().latestEnd())
              .word("endsBy", "COMMERCIAL");
    }
  }

  private void unused() {
    found.moment("lastUse", customer.milestones().lastUse());
    policy.lifecycle().usageRiskAfter().ifPresent(this::unused);
    found.word("endsBy", "USE");
  }

  /** Since the last use, or since a subscription began to run if that is later. */
  private void unused(long threshold) {
    long from = scene.situation().unusedFrom();
    if (Instants.isFinite(from)) {
      long since = from - threshold;
      found.moment("unusedSince", since).between("unusedFor", since, scene.at());
    }
    found.span("threshold", threshold);
  }

  private void silence() {
    usual();
    Silence silence = scene.situation().silence();
    found
        .moment("silentSince", silence.since())
        .between("silentFor", silence.since(), scene.at())
        .between("threshold", silence.since(), thresholdAt(silence));
    Evidence evidence = Evidence.of(customer, policy, scene.situation());
    found.share("pAlive", evidence.alive());
    evidence
        .returning()
        .ifPresent(
            returning ->
                found
                    .share("returnChance", OptionalDouble.of(returning.probability()))
                    .span("returnWithin", returning.within()));
    boolean commercial =
        scene.now().status().isInactive() && policy.lifecycle().returnBy() == ReturnBy.COMMERCIAL;
    found.word("endsBy", commercial ? "COMMERCIAL" : "ACTIVITY");
  }

  private long thresholdAt(Silence silence) {
    Status status = scene.now().status();
    if (status == Status.CHURNED) {
      return silence.churnAt();
    }
    return status == Status.DORMANT ? silence.dormantAt() : silence.riskAt();
  }

  private void segment() {
    SegmentState last = customer.segment();
    String before = last.current().equals(scene.segment()) ? last.previous() : last.current();
    int today = policy.days().dayOf(scene.at());
    found
        .word("cause", "SEGMENT")
        .word("segment", scene.segment())
        .word("segmentBefore", before)
        .moment("lastTransaction", customer.milestones().lastTransaction())
        .count(
            "ordersInWindow", customer.commerce().panes().orders(policy.rfm().windowDays(), today))
        .word("endsBy", "SEGMENT");
  }

  private void alive(AliveBelow alive) {
    found.word("cause", "P_ALIVE");
    usual();
    lastPurchase();
    found
        .share("pAlive", Prediction.alive(customer, policy, scene.at()))
        .share("pAliveBelow", OptionalDouble.of(alive.below()))
        .word("endsBy", "PURCHASE");
  }

  private void activity(ActivityBelow activity) {
    Policy.Activity rules = policy.activity();
    found
        .word("cause", "ACTIVITY")
        .measure(
            "activityScore", customer.score().shown(scene.at(), rules.halfLife(), rules.scale()))
        .measure("activityBelow", activity.below())
        .measure("activityUntil", activity.until().orElse(activity.below()))
        .moment("lastActivity", customer.milestones().lastQualifying())
        .word("endsBy", "SCORE");
  }

  private void silent(Silent silent) {
    Milestones milestones = customer.milestones();
    long last =
        switch (silent.of()) {
          case PURCHASE -> milestones.lastPurchase();
          case TRANSACTION -> milestones.lastTransaction();
          case ACTIVITY -> milestones.lastQualifying();
          case USE -> milestones.lastUse();
        };
    found.word("cause", "SILENCE").word("silentOf", silent.of().name());
    usual();
    found
        .moment("silentSince", last)
        .between("silentFor", last, scene.at())
        .span("threshold", silent.lasting())
        .word("endsBy", silent.of().name());
  }

  private void renewal(RenewalAhead renewal) {
    found.word("cause", "RENEWAL");
    subscription(
        one ->
            one.state() == Subscription.State.ACTIVE
                && scene.at() < one.paid().through()
                && one.paid().through() <= Instants.plus(scene.at(), ahead(renewal, one)),
        one -> one.paid().through() - ahead(renewal, one));
    found.word("endsBy", "RENEWAL");
  }

  /** Longer than a term, the time ahead counts as half of it (semantics, Alerts). */
  private static long ahead(RenewalAhead renewal, Subscription subscription) {
    long term = subscription.paid().term();
    return Instants.isFinite(term) && renewal.ahead() > term ? term / 2 : renewal.ahead();
  }

  private void anniversary(AnniversaryAhead anniversary) {
    found
        .word("cause", "ANNIVERSARY")
        .moment("firstCommercial", customer.milestones().firstCommercial())
        .count("daysAhead", anniversary.days())
        .word("endsBy", "DATE");
  }

  /** What is usual for the customer: its own rhythm, and how long such customers wait. */
  private void usual() {
    DaySet days = customer.commerce().purchaseDays();
    if (days.size() >= USUAL_FROM) {
      long gaps = days.size() - 1L;
      found.span("usualGap", (2L * days.span() * Instants.DAY + gaps) / (2 * gaps));
    }
    if (days.size() > 0) {
      long lastDay = policy.days().startOf(days.day(days.size() - 1));
      Prediction.of(customer, policy, scene.at())
          .ifPresent(known -> found.between("medianWait", lastDay, known.nextPurchaseAt()));
    }
    found.count("orders", customer.commerce().orders());
  }

  private void lastPurchase() {
    long last = customer.milestones().lastPurchase();
    found.moment("silentSince", last).between("silentFor", last, scene.at());
  }

  /** The entitled subscription of a kind that comes first by an instant. */
  private void subscription(Predicate<Subscription> which, ToLongFunction<Subscription> order) {
    Optional<Subscription> first =
        customer.subscriptions().list().stream()
            .filter(one -> one.entitledAt(scene.at()))
            .filter(which)
            .min(Comparator.comparingLong(order).thenComparing(Subscription::id));
    first.ifPresent(
        one ->
            found
                .word("subscription", one.id())
                .word("plan", one.plan())
                .moment("paidThrough", one.paid().through())
                .moment("entitledUntil", one.entitledUntil()));
  }
}
