package dev.lifesign.domain.history;

import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.cel.Expressions;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.CaseAction;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Rung;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.policy.SeverityRule;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Random cases, with durations from a small set so that instants coincide. */
final class RandomCases {

  /** What alerts may be about. */
  static final List<String> IDS = List.of("alpha", "beta", "gamma");

  private static final List<String> RUNGS = List.of("low", "mid", "high", "top", "peak");
  private static final long MINUTE = 60_000L;
  private static final long[] DWELLS = {
    0, 0, 15 * MINUTE, Instants.HOUR, days(1), days(2), days(7), days(30)
  };
  private static final long[] COOLDOWNS = {0, days(1), days(7), days(30), days(60)};
  private static final long[] LIVES = {days(1), days(5), days(20), days(60), days(120)};
  private static final long[] SILENCES = {
    days(1), days(2), days(5), days(7), days(10), days(14), days(30), days(45), days(60)
  };
  private static final List<String> FILTERS =
      List.of(
          "customer.valueAtStake >= 2000",
          "customer.ordersInWindow >= 2",
          "customer.netMoneyInWindow > 1500",
          "has(customer.pAlive) && customer.pAlive < 0.7",
          "'SUPPORT' in customer.types || customer.orders > 1",
          "customer.tenureDays > 20",
          "customer.subscriptions.exists(s, s.entitled)",
          "customer.subscriptions.exists(s, s.state == 'ACTIVE' && s.kind == 'SERVICE')",
          "customer.subscriptions.all(s, has(s.paidThrough) && s.amount > 0)",
          "customer.mrr > 1000",
          "customer.mrr == 0",
          "has(event.family) && event.family == 'purchase'",
          "customer.r >= 3",
          "customer.activityScore > 20",
          "customer.status != 'AT_RISK'",
          "customer.since > timestamp('2024-03-01T00:00:00Z')");
  private static final List<String> MATCHES =
      List.of(
          "event.family == 'support' && event.action == 'OPENED'",
          "event.family == 'purchase'",
          "event.family == 'purchase' && event.amount > 5000",
          "event.family == 'contact'",
          "event.family == 'social' || event.family == 'feedback'",
          "event.family == 'subscription' && event.action == 'PAYMENT_FAILED'",
          "event.family == 'subscription'",
          "event.family == 'subscription' && customer.mrr > 300",
          "customer.mrr > 0 && customer.mrr < 1000 || customer.mrr > 4000",
          "customer.orders >= 2 && event.family == 'purchase'");
  private static final List<String> ENDS =
      List.of(
          "event.family == 'support' && event.ticketId == alert.subject",
          "event.family == 'purchase'",
          "event.family == 'subscription' && event.subscriptionId == alert.subject",
          "event.family == 'purchase' && event.orderId != alert.subject",
          "customer.orders >= 3");
  private static final Map<String, Expression> COMPILED = new ConcurrentHashMap<>();

  private final Random random;
  private final List<String> segments;

  RandomCases(Random random, List<Policy.SegmentRule> segments) {
    this.random = random;
    this.segments = segments.stream().map(Policy.SegmentRule::name).toList();
  }

  /** One to three cases. */
  List<Case> several() {
    List<String> ids = new ArrayList<>(IDS);
    Collections.shuffle(ids, random);
    return ids.subList(0, 1 + random.nextInt(ids.size())).stream().map(this::one).toList();
  }

  /** The cases as a next policy may have them. */
  List<Case> changed(List<Case> before) {
    List<Case> after = new ArrayList<>();
    for (String id : IDS) {
      Optional<Case> known = before.stream().filter(one -> one.id().equals(id)).findFirst();
      if (known.isEmpty() && random.nextInt(4) == 0) {
        after.add(one(id));
      } else if (known.isPresent() && random.nextInt(8) > 0) {
        after.add(changed(known.get()));
      }
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(after, random);
    }
    return after;
  }

  private Case one(String id) {
    OptionalInt due = due();
    return with(id, due, random.nextInt(3) == 0 ? trigger() : ladder(due));
  }

  private Case with(String id, OptionalInt due, Case.Source source) {
    return new Case(
        id,
        pick(COOLDOWNS),
        pick(LIVES),
        random.nextBoolean() ? "sales" : "customer",
        random.nextBoolean() ? "" : random.nextBoolean() ? "boss" : "sales",
        due,
        CaseAction.NONE,
        random.nextInt(3) / 2.0,
        source);
  }

  private Case changed(Case before) {
    if (random.nextInt(3) == 0) {
      return before;
    }
    if (random.nextInt(8) == 0) {
      return one(before.id());
    }
    Case.Source source =
        before.source() instanceof Case.Ladder ladder
            ? changed(ladder, before.due())
            : random.nextBoolean() ? before.source() : trigger();
    return random.nextBoolean()
        ? with(before.id(), before.due(), source)
        : new Case(
            before.id(),
            before.cooldown(),
            before.timeToLive(),
            before.owner(),
            before.escalateTo(),
            before.due(),
            before.action(),
            before.holdout(),
            source);
  }

  private Case.Ladder changed(Case.Ladder before, OptionalInt due) {
    List<Rung> rungs = new ArrayList<>(before.rungs());
    int at = random.nextInt(rungs.size());
    Rung rung = rungs.get(at);
    switch (random.nextInt(7)) {
      case 0 -> rungs.remove(at);
      case 1 -> Collections.shuffle(rungs, random);
      case 2 -> rungs.set(at, rung(rung.id(), condition(), rung.dwell(), due));
      case 3 -> rungs.set(at, rung(rung.id(), rung.when(), pick(DWELLS), due));
      case 4 ->
          RUNGS.stream()
              .filter(id -> rungs.stream().noneMatch(one -> one.id().equals(id)))
              .findFirst()
              .ifPresent(id -> rungs.add(at, rung(id, condition(), pick(DWELLS), due)));
      case 5 -> rungs.set(at, rung(rung.id(), rung.when(), rung.dwell(), due));
      default -> {}
    }
    return rungs.isEmpty() ? ladder(due) : new Case.Ladder(rungs);
  }

  private OptionalInt due() {
    return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(4));
  }

  private Case.Ladder ladder(OptionalInt due) {
    List<Rung> rungs = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      List<Status> statuses = List.of(Status.AT_RISK, Status.DORMANT, Status.CHURNED);
      for (int i = 0; i < statuses.size(); i++) {
        Condition when = new Condition.InStatus(Set.of(statuses.get(i)), Set.of());
        rungs.add(rung(RUNGS.get(i), when, pick(DWELLS), due));
      }
      return new Case.Ladder(rungs);
    }
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      rungs.add(rung(RUNGS.get(i), condition(), pick(DWELLS), due));
    }
    return new Case.Ladder(rungs);
  }

  private Rung rung(String id, Condition when, long dwell, OptionalInt due) {
    return new Rung(
        id,
        when,
        dwell,
        severity(),
        random.nextInt(3) == 0
            ? Optional.of(compiled(pick(FILTERS), Expressions.Scope.FILTER))
            : Optional.empty(),
        random.nextInt(3) == 0 ? due() : due,
        random.nextInt(3) == 0);
  }

  private SeverityRule severity() {
    return random.nextBoolean()
        ? new SeverityRule.Fixed(Severity.values()[random.nextInt(4)])
        : new SeverityRule.ByValue(List.of(500L, 2_000L, 20_000L));
  }

  private EventTrigger trigger() {
    int count = 1 + random.nextInt(3);
    long[] spans = {Instants.FOREVER, days(1), days(7), days(30), days(90)};
    return new EventTrigger(
        compiled(pick(MATCHES), Expressions.Scope.MATCH),
        count,
        pick(spans),
        severity(),
        random.nextInt(3) > 0
            ? Optional.of(compiled(pick(ENDS), Expressions.Scope.ENDS_WHEN))
            : Optional.empty());
  }

  private Condition condition() {
    return switch (random.nextInt(8)) {
      case 0 -> new Condition.InStatus(some(List.of(Status.values())), reasons());
      case 1 -> new Condition.InSegment(some(segments));
      case 2 -> new Condition.AliveBelow((1 + random.nextInt(9)) / 10.0);
      case 3 -> activity();
      case 4 -> new Condition.RenewalAhead(pick(SILENCES));
      case 5 -> new Condition.AnniversaryAhead(new int[] {0, 1, 7, 30, 364}[random.nextInt(5)]);
      default ->
          new Condition.Silent(Condition.Silent.Kind.values()[random.nextInt(4)], pick(SILENCES));
    };
  }

  private Condition activity() {
    double below = 2 + random.nextInt(60);
    return new Condition.ActivityBelow(
        below,
        random.nextBoolean()
            ? OptionalDouble.empty()
            : OptionalDouble.of(below + random.nextInt(25)));
  }

  private Set<Reason> reasons() {
    return random.nextInt(3) > 0 ? Set.of() : some(List.of(Reason.values()));
  }

  private <T> Set<T> some(List<T> all) {
    Set<T> some = new HashSet<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return some;
  }

  private static Expression compiled(String text, Expressions.Scope scope) {
    return COMPILED.computeIfAbsent(
        text, any -> Expressions.compile(text, scope).expression().orElseThrow());
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private long pick(long[] spans) {
    return spans[random.nextInt(spans.length)];
  }

  private static long days(int days) {
    return days * Instants.DAY;
  }
}
