package dev.lifesign.domain.history;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.policy.Currencies;
import dev.lifesign.domain.policy.OnSubscriptionEnd;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.policy.ReturnBy;
import dev.lifesign.domain.policy.RiskMethod;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A second implementation of the semantics, slow and obvious: it keeps every event, recomputes
 * every value from all of them, and finds the next instant at which something may change by
 * recording every instant that a judgement compares its own to. Shares only events and policy with
 * the timeline.
 */
public final class Reference {

  private static final long DAY = 86_400_000L;
  private static final long MINUTE = 60_000L;

  /** A row of status-changes.csv without detected_at. */
  public record Row(
      int sequence, String from, String to, String reason, boolean late, long effectiveAt) {}

  /** Money is in minor units of the event's currency. */
  record Accepted(
      Event event,
      long day,
      boolean commercial,
      boolean qualifying,
      boolean counting,
      BigInteger money) {}

  /** An event that was applied to a subscription, and the rates then in force. */
  record Applied(SubscriptionChange change, Currencies currencies) {}

  static final class Sub {
    final List<Applied> applied = new ArrayList<>();
    String id;
    String plan;
    SubscriptionKind kind;
    String state;
    boolean entitled;
    Long until;
    Long end;
    Long paidThrough;
    Long period;
    Long quantity;
    long runningSince;
    long pausedAt;
    long pausedUntil;
    long lastApplied;
    Long termOfLastStart;
    long amount;

    boolean entitledAt(long t) {
      return entitled && (until == null || t < until);
    }

    boolean pausedOn(long t) {
      return state.equals("PAUSED") && t < pausedUntil;
    }
  }

  private final List<PolicyInForce> policies;
  private final List<Accepted> accepted = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final Map<String, Sub> subs = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final ReferenceCases cases = new ReferenceCases(this);
  private final ReferenceCommands commands = new ReferenceCommands(this, cases);
  private Policy policy;
  private Long clock;
  private Long entitledSince;
  private String status = "";
  private String reason = "";
  private Long statusSince;
  private Long inactiveSince;
  private Long returnedAt;
  private long judgedAt;
  private long next = Long.MAX_VALUE;
  private int duplicates;

  public Reference(Policy policy) {
    this(Policies.of(policy));
  }

  public Reference(Policies policies) {
    this.policies = policies.list();
  }

  public List<Row> rows() {
    return rows;
  }

  public int duplicates() {
    return duplicates;
  }

  /** What happened to alerts, in order. */
  public List<Told> alerts() {
    return cases.told();
  }

  /** Whether any event was accepted. */
  public boolean isKnown() {
    return clock != null;
  }

  /** Applies an accepted event. */
  public void accept(Event original, long arrivedAt) {
    if (ids.subList(Math.max(0, ids.size() - 64), ids.size()).contains(original.eventId())) {
      duplicates++;
      return;
    }
    ids.add(original.eventId());
    Event event = original.occurredAt() > arrivedAt ? original.occurringAt(arrivedAt) : original;
    boolean first = clock == null;
    long horizon = horizon(arrivedAt);
    if (first) {
      policy = policyAt(Math.max(horizon, event.occurredAt()));
    }
    advance(horizon, arrivedAt);
    clock = first ? horizon : Math.max(clock, horizon);
    boolean late = event.occurredAt() < clock;
    if (!late) {
      if (!first) {
        advance(event.occurredAt(), arrivedAt);
      }
      clock = event.occurredAt();
    }
    apply(event);
    judge(new Why(Optional.of(event), late, first, false, arrivedAt));
  }

  /** Carries out a command, or refuses it. */
  public ReferenceCommands.Answer command(Command command, long arrivedAt) {
    return commands.answer(command, arrivedAt);
  }

  /** A tick: takes the deadlines before it, less the lateness. */
  public void tick(long at) {
    advance(horizon(at), at);
  }

  /** Takes the deadlines before the instant. */
  public void advance(long until, long detectedAt) {
    while (clock != null) {
      Optional<PolicyInForce> newer = newer();
      long at = Math.min(next, newer.isPresent() ? newer.get().from() : Long.MAX_VALUE);
      boolean adopts = newer.isPresent() && newer.get().from() == at;
      if (adopts ? at > until : at >= until) {
        return;
      }
      clock = Math.max(clock, at);
      if (adopts) {
        policy = newer.get().policy();
      }
      judge(new Why(Optional.empty(), false, false, adopts, detectedAt));
    }
  }

  /** Moves the clock on, if the instant is later; a command does. */
  void moveClock(long instant) {
    clock = Math.max(clock, instant);
    judgedAt = clock;
  }

  long horizon(long instant) {
    return instant - policyAt(instant).lateness();
  }

  private Policy policyAt(long instant) {
    Policy at = policies.get(0).policy();
    for (PolicyInForce one : policies) {
      at = one.from() <= instant ? one.policy() : at;
    }
    return at;
  }

  private Optional<PolicyInForce> newer() {
    return policies.stream().filter(one -> one.policy().version() > policy.version()).findFirst();
  }

  Policy policy() {
    return policy;
  }

  List<Accepted> accepted() {
    return accepted;
  }

  Collection<Sub> subs() {
    return subs.values();
  }

  String status() {
    return status;
  }

  String reason() {
    return reason;
  }

  Long statusSince() {
    return statusSince;
  }

  long judgedAt() {
    return judgedAt;
  }

  /**
   * Why a judgement takes place.
   *
   * @param event the event that it is about, if any
   * @param late whether that event was late
   * @param first whether it is the customer's first
   * @param adopts whether a new policy takes effect
   * @param detectedAt the arrival or the tick
   */
  record Why(Optional<Event> event, boolean late, boolean first, boolean adopts, long detectedAt) {}

  private void apply(Event event) {
    boolean transaction = isTransaction(event);
    boolean commercial = transaction;
    if (event instanceof SubscriptionChange change) {
      boolean foundCustomer =
          subs.values().stream().anyMatch(s -> s.entitledAt(change.occurredAt() - 1));
      boolean first = !subs.containsKey(change.subscriptionId());
      if (applyToSubscription(change)) {
        boolean left = subs.get(change.subscriptionId()).entitledAt(change.occurredAt());
        if (!foundCustomer && left) {
          entitledSince = change.occurredAt();
        }
        commercial |= left && !change.billing().trial() && (first || makesActive(change));
      }
    }
    boolean qualifying = commercial || policy.activity().weights().of(event) > 0;
    boolean inactive = status.equals("DORMANT") || status.equals("CHURNED");
    boolean before = inactive && event.occurredAt() < inactiveSince;
    boolean counting =
        qualifying
            && (commercial
                || policy.lifecycle().returnBy() == ReturnBy.ACTIVITY
                || !inactive
                || before);
    if (counting && inactive && !before) {
      returnedAt =
          returnedAt == null ? event.occurredAt() : Math.max(returnedAt, event.occurredAt());
    }
    accepted.add(
        new Accepted(
            event, day(event.occurredAt()), commercial, qualifying, counting, spent(event)));
  }

  static boolean isTransaction(Event event) {
    if (event instanceof Purchase purchase) {
      return purchase.action() == Purchase.Action.PURCHASE;
    }
    return event instanceof SubscriptionChange change
        && change.billing().amount() > 0
        && !change.billing().trial()
        && Set.of("STARTED", "RENEWED", "UPGRADED").contains(change.action().name());
  }

  private static boolean makesActive(SubscriptionChange change) {
    return Set.of("STARTED", "RENEWED", "UPGRADED", "DOWNGRADED", "RESUMED")
        .contains(change.action().name());
  }

  /** Applies the event to its subscription; false if it is not applied. */
  private boolean applyToSubscription(SubscriptionChange change) {
    long t = change.occurredAt();
    String action = change.action().name();
    Sub known = subs.get(change.subscriptionId());
    boolean found = known != null && known.entitledAt(t - 1);
    boolean foundPaused = known != null && known.pausedOn(t - 1);
    if (known != null) {
      if (t < known.lastApplied) {
        return false;
      }
      if (!found
          && Set.of("PAYMENT_FAILED", "CANCEL_SCHEDULED", "DOWNGRADED", "PAUSED")
              .contains(action)) {
        return false;
      }
      if (action.equals("PAUSED")
          && (known.state.equals("PAST_DUE") || known.state.equals("ENDING") || foundPaused)) {
        return false;
      }
      if (action.equals("PAYMENT_FAILED") && known.state.equals("ENDING")) {
        return false;
      }
    }
    Sub sub = new Sub();
    sub.id = change.subscriptionId();
    sub.applied.addAll(known == null ? List.of() : known.applied);
    sub.applied.add(new Applied(change, policy.currency()));
    sub.kind = change.kind();
    sub.lastApplied = t;
    sub.period = known == null ? null : known.period;
    sub.termOfLastStart = known == null ? null : known.termOfLastStart;
    price(sub, known, change);
    sub.quantity =
        change.billing().quantity().isPresent()
            ? Long.valueOf(change.billing().quantity().getAsLong())
            : known == null ? null : known.quantity;
    sub.runningSince = known == null ? Long.MIN_VALUE : known.runningSince;
    long grace = policy.subscriptions().grace();
    long maxPause = policy.subscriptions().maxPause();
    Long given = change.paidThrough().isPresent() ? change.paidThrough().getAsLong() : null;
    Long paid = given;
    if (paid == null && known != null && known.paidThrough != null) {
      long candidate = known.paidThrough;
      if (makesActive(change) && known.state.equals("PAUSED")) {
        candidate += Math.min(t - known.pausedAt, maxPause);
      }
      paid = candidate > t ? candidate : null;
    }
    if (paid == null && makesActive(change) && known != null && known.period != null) {
      paid = t + known.period;
    }
    sub.paidThrough = paid;
    if (makesActive(change)) {
      sub.state = "ACTIVE";
      sub.until = paid == null ? null : paid + grace;
      sub.entitled = true;
      if (given != null && given > t) {
        sub.period = given - t;
        if (action.equals("STARTED") || action.equals("RENEWED")) {
          sub.termOfLastStart = sub.period;
        }
      }
    } else if (action.equals("PAYMENT_FAILED") && known == null && given == null) {
      sub.state = "PAST_DUE";
      sub.entitled = false;
    } else if (action.equals("PAYMENT_FAILED")) {
      sub.state = "PAST_DUE";
      sub.entitled = true;
      sub.until =
          known != null && known.state.equals("PAST_DUE")
              ? known.until
              : Long.valueOf(Math.max(paid == null ? t : paid, t) + grace);
    } else if (action.equals("CANCEL_SCHEDULED")) {
      sub.state = "ENDING";
      sub.entitled = true;
      sub.until = given != null ? given : known == null ? null : known.until;
    } else if (action.equals("PAUSED")) {
      sub.state = "PAUSED";
      sub.entitled = true;
      sub.pausedAt = t;
      sub.pausedUntil = t + maxPause;
      sub.until = t + maxPause + grace + (paid != null && paid > t ? paid - t : 0);
    } else {
      sub.state = "ENDED";
      sub.entitled = false;
      sub.paidThrough = null;
    }
    boolean left = sub.entitledAt(t);
    if (left && !found) {
      sub.runningSince = t;
    }
    if (left && foundPaused && !sub.state.equals("PAUSED")) {
      sub.runningSince = t;
    }
    if (!left) {
      sub.entitled = false;
      sub.end = found ? Long.valueOf(t) : known == null ? null : endOf(known);
    }
    subs.put(change.subscriptionId(), sub);
    return true;
  }

  /** Plan and price: a renewal or the end of a pause that states none leaves what is known. */
  private static void price(Sub sub, Sub known, SubscriptionChange change) {
    boolean states =
        switch (change.action()) {
          case STARTED, UPGRADED, DOWNGRADED -> true;
          case RENEWED, RESUMED -> change.billing().amount() > 0;
          default -> false;
        };
    sub.plan = known == null || states ? change.plan() : known.plan;
    sub.amount = known == null || states ? change.billing().amount() : known.amount;
  }

  /** The end of a subscription that is not entitled. */
  static Long endOf(Sub sub) {
    return sub.entitled ? sub.until : sub.end;
  }

  /** Whether the instant has been reached; if not, it is a candidate for the next judgement. */
  boolean reached(long instant) {
    if (instant <= judgedAt) {
      return true;
    }
    next = Math.min(next, instant);
    return false;
  }

  private void judge(Why why) {
    long at = clock;
    judgedAt = at;
    next = Long.MAX_VALUE;
    String[] now = table();
    if (rows.isEmpty() || !now[0].equals(status) || !now[1].equals(reason)) {
      boolean wasInactive = status.equals("DORMANT") || status.equals("CHURNED");
      boolean isInactive = now[0].equals("DORMANT") || now[0].equals("CHURNED");
      if (isInactive && !wasInactive) {
        inactiveSince = at;
      }
      rows.add(new Row(rows.size() + 1, status, now[0], now[1], why.late(), at));
      statusSince = status.equals(now[0]) ? statusSince : Long.valueOf(at);
      status = now[0];
      reason = now[1];
    }
    cases.judge(why);
  }

  /** The calendar day of an instant: the last one that has begun. */
  long day(long at) {
    LocalDate date =
        LocalDate.ofInstant(Instant.ofEpochMilli(at), policy.calendar().zone()).plusDays(1);
    while (start(date.toEpochDay()) > at) {
      date = date.minusDays(1);
    }
    return date.toEpochDay();
  }

  /** The first instant of a calendar day. */
  long start(long day) {
    return LocalDate.ofEpochDay(day)
        .atStartOfDay(policy.calendar().zone())
        .toInstant()
        .toEpochMilli();
  }

  Long latest(Predicate<Accepted> which) {
    Long latest = null;
    for (Accepted h : accepted) {
      if (which.test(h)) {
        long at = h.event().occurredAt();
        latest = latest == null ? at : Math.max(latest, at);
      }
    }
    return latest;
  }

  private String[] table() {
    Long firstCommercial = null;
    for (Accepted h : accepted) {
      if (h.commercial() && (firstCommercial == null || h.event().occurredAt() < firstCommercial)) {
        firstCommercial = h.event().occurredAt();
      }
    }
    if (firstCommercial == null) {
      return new String[] {"PROSPECT", ""};
    }
    Policy.Lifecycle lifecycle = policy.lifecycle();
    List<Sub> entitled = new ArrayList<>();
    Long lastEnd = null;
    for (Sub sub : subs.values()) {
      if (sub.entitled && (sub.until == null || !reached(sub.until))) {
        entitled.add(sub);
      } else if (endOf(sub) != null) {
        lastEnd = lastEnd == null ? endOf(sub) : Long.valueOf(Math.max(lastEnd, endOf(sub)));
      }
    }
    if (!entitled.isEmpty()) {
      if (entitled.stream().anyMatch(s -> s.state.equals("PAST_DUE"))) {
        return new String[] {"AT_RISK", "PAYMENT_FAILED"};
      }
      if (entitled.stream().allMatch(s -> s.state.equals("ENDING"))) {
        return new String[] {"AT_RISK", "CANCEL_SCHEDULED"};
      }
      if (lifecycle.usageRiskAfter().isPresent() && unused(entitled)) {
        return new String[] {"AT_RISK", "UNUSED"};
      }
      return new String[] {healthy(firstCommercial, true), ""};
    }
    Long lastPurchase =
        latest(h -> h.event() instanceof Purchase p && p.action() == Purchase.Action.PURCHASE);
    boolean lapsed = lastEnd != null && (lastPurchase == null || lastPurchase <= lastEnd);
    if (lapsed
        && lifecycle.onSubscriptionEnd() == OnSubscriptionEnd.CHURNED
        && (lastPurchase == null || lastPurchase <= lastEnd - lifecycle.silence().risk().fixed())) {
      return new String[] {"CHURNED", "SUBSCRIPTION_ENDED"};
    }
    long silentSince = silentSince(lapsed, lastEnd);
    Long modelled = modelledRisk(silentSince);
    long riskAt = modelled == null ? silentSince + threshold() : modelled;
    long dormantAt =
        Math.max(
            silentSince + lifecycle.silence().dormantAfter(),
            riskAt + lifecycle.silence().atRiskFor());
    long churnAt =
        Math.max(
            silentSince + lifecycle.silence().churnAfter(),
            dormantAt + lifecycle.silence().dormantFor());
    if (reached(churnAt)) {
      return new String[] {"CHURNED", "SILENCE"};
    }
    if (reached(dormantAt)) {
      return new String[] {"DORMANT", "SILENCE"};
    }
    if (lapsed) {
      return new String[] {"AT_RISK", "SUBSCRIPTION_ENDED"};
    }
    if (reached(riskAt)) {
      return new String[] {"AT_RISK", modelled == null ? "SILENCE" : "MODEL"};
    }
    return new String[] {healthy(firstCommercial, false), ""};
  }

  private Long silentSince(boolean lapsed, Long lastEnd) {
    if (lapsed && policy.lifecycle().returnBy() == ReturnBy.COMMERCIAL) {
      return lastEnd;
    }
    Long counting = latest(Accepted::counting);
    return lastEnd == null
        ? counting
        : counting == null ? lastEnd : Long.valueOf(Math.max(counting, lastEnd));
  }

  /** Since when the customer has been silent, whatever its status; null if it never was active. */
  Long silentSince() {
    boolean entitled = false;
    Long lastEnd = null;
    for (Sub sub : subs.values()) {
      if (sub.entitled && (sub.until == null || !reached(sub.until))) {
        entitled = true;
      } else if (endOf(sub) != null) {
        lastEnd = lastEnd == null ? endOf(sub) : Long.valueOf(Math.max(lastEnd, endOf(sub)));
      }
    }
    Long lastPurchase =
        latest(h -> h.event() instanceof Purchase p && p.action() == Purchase.Action.PURCHASE);
    boolean lapsed =
        !entitled && lastEnd != null && (lastPurchase == null || lastPurchase <= lastEnd);
    return silentSince(lapsed, lastEnd);
  }

  private boolean unused(List<Sub> entitled) {
    long limit = policy.lifecycle().usageRiskAfter().getAsLong();
    long running = entitled.stream().mapToLong(s -> s.runningSince).max().getAsLong();
    Long use = latest(h -> h.qualifying() && !(h.event() instanceof SubscriptionChange));
    long due = Math.max(use == null ? running : use, running) + limit;
    boolean allPaused = true;
    long latestPause = Long.MIN_VALUE;
    for (Sub sub : entitled) {
      if (sub.state.equals("PAUSED") && !reached(sub.pausedUntil)) {
        latestPause = Math.max(latestPause, sub.pausedAt);
      } else {
        allPaused = false;
      }
    }
    return allPaused ? due <= latestPause : reached(due);
  }

  List<Long> purchaseDays() {
    Set<Long> days = new TreeSet<>();
    for (Accepted h : accepted) {
      if (h.event() instanceof Purchase p && p.action() == Purchase.Action.PURCHASE) {
        days.add(h.day());
      }
    }
    return new ArrayList<>(days);
  }

  /** The formulas of semantics, When is silence a risk?, taken literally. */
  private Long modelledRisk(long silentSince) {
    Policy.Risk risk = policy.lifecycle().silence().risk();
    List<Long> days = purchaseDays();
    if (risk.method() == RiskMethod.RETURN && !days.isEmpty()) {
      return returnRisk(silentSince, days);
    }
    return risk.method() == RiskMethod.MODEL ? aliveUntil(risk.model().alive(), silentSince) : null;
  }

  /** The instant that the purchase model gives for a probability; null if it is undefined. */
  Long aliveUntil(double p, long silentSince) {
    Policy.ModelRisk bounds = policy.lifecycle().silence().risk().model();
    List<Long> days = purchaseDays();
    if (policy.model().isEmpty() || days.isEmpty()) {
      return null;
    }
    PurchaseModel model = policy.model().get().purchases();
    int x = days.size() - 1;
    boolean modified = model.family() == PurchaseModel.Family.MBG_NBD;
    if (x == 0 && !modified) {
      return null;
    }
    double unit = policy.model().get().unit();
    double last = (days.get(x) - days.get(0)) * DAY / unit;
    double ratio = (1 - p) / p * (modified ? model.b() + x : model.b() + x - 1) / model.a();
    double age = (model.alpha() + last) * Math.pow(ratio, 1 / (model.r() + x)) - model.alpha();
    long lastDay = start(days.get(x));
    double at = start(days.get(0)) + Math.floor(age * unit + 0.5);
    at = Math.max(at, (double) (lastDay + bounds.min()));
    at = Math.min(at, (double) (lastDay + bounds.max()));
    return Math.max((long) at, silentSince + bounds.min());
  }

  /** The first whole minute at which the probability has fallen, by bisection over minutes. */
  private Long returnRisk(long silentSince, List<Long> days) {
    Policy.ReturnRisk risk = policy.lifecycle().silence().risk().returning();
    long lastDay = start(days.get(days.size() - 1));
    long low = lastDay / MINUTE - 1;
    long high = (lastDay + risk.max()) / MINUTE + 1;
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (purchaseWithin(risk.within(), days, middle * MINUTE) <= risk.below()) {
        high = middle;
      } else {
        low = middle;
      }
    }
    long at = Math.max(high * MINUTE, lastDay + risk.min());
    at = Math.min(at, lastDay + risk.max());
    return Math.max(at, silentSince + risk.min());
  }

  /** The formula of semantics, taken literally; T is never before the last purchase day. */
  private double purchaseWithin(long within, List<Long> days, long at) {
    PurchaseModel model = policy.model().get().purchases();
    int x = days.size() - 1;
    double unit = policy.model().get().unit();
    double last = (days.get(x) - days.get(0)) * DAY / unit;
    double age = Math.max(last, (at - start(days.get(0))) / unit);
    double w = within / unit;
    double shape = model.r() + x;
    double alive = 1;
    if (x > 0 || model.family() == PurchaseModel.Family.MBG_NBD) {
      double stayed =
          model.family() == PurchaseModel.Family.MBG_NBD ? model.b() + x : model.b() + x - 1;
      double silence = Math.pow((model.alpha() + age) / (model.alpha() + last), shape);
      alive = 1 / (1 + model.a() / stayed * silence);
    }
    return alive * (1 - Math.pow((model.alpha() + age) / (model.alpha() + age + w), shape));
  }

  private long threshold() {
    Policy.Risk risk = policy.lifecycle().silence().risk();
    List<Long> sorted = purchaseDays();
    if (risk.method() != RiskMethod.PERSONAL || sorted.size() < 3) {
      return risk.fixed();
    }
    BigDecimal span = BigDecimal.valueOf((sorted.get(sorted.size() - 1) - sorted.get(0)) * DAY);
    long personal =
        span.multiply(risk.personal().factor())
            .divide(BigDecimal.valueOf(sorted.size() - 1), 0, RoundingMode.HALF_UP)
            .longValueExact();
    if (personal < risk.personal().min()) {
      return risk.personal().min();
    }
    return personal > risk.personal().max() ? risk.personal().max() : personal;
  }

  private String healthy(long firstCommercial, boolean entitled) {
    Policy.Lifecycle lifecycle = policy.lifecycle();
    if (returnedAt != null && !reached(returnedAt + lifecycle.health().reactivatedFor())) {
      return "REACTIVATED";
    }
    int orders = 0;
    for (Accepted h : accepted) {
      if (isTransaction(h.event())
          && !reached(start(h.day() + lifecycle.health().loyal().withinDays()))) {
        orders++;
      }
    }
    boolean often = orders >= lifecycle.health().loyal().orders();
    boolean subscribedLong =
        lifecycle.health().loyal().subscribedFor().isPresent()
            && entitled
            && reached(entitledSince + lifecycle.health().loyal().subscribedFor().getAsLong());
    if ((often || subscribedLong)
        && reached(firstCommercial + lifecycle.health().loyal().tenure())) {
      return "LOYAL";
    }
    return reached(firstCommercial + lifecycle.health().newFor()) ? "ACTIVE" : "NEW";
  }

  /** Transactions, and net money in the base currency, on the days that a window covers. */
  public long[] ordersAndMoney(int windowDays, long at) {
    long orders = 0;
    long net = 0;
    long firstDay = day(at) - windowDays + 1;
    for (Accepted h : accepted) {
      if (h.day() >= firstDay) {
        boolean transaction = isTransaction(h.event());
        boolean refund = h.event() instanceof Purchase p && p.action() == Purchase.Action.REFUND;
        orders += transaction ? 1 : 0;
        net += transaction ? money(h) : refund ? -money(h) : 0;
      }
    }
    return new long[] {orders, net};
  }

  /** What a transaction or a refund moved, in minor units of its own currency. */
  private BigInteger spent(Event event) {
    if (event instanceof Purchase purchase) {
      return BigInteger.valueOf(purchase.amount());
    }
    if (!(event instanceof SubscriptionChange change)) {
      return BigInteger.ZERO;
    }
    Billing billing = change.billing();
    if (billing.charged().isPresent()) {
      return BigInteger.valueOf(billing.charged().getAsLong());
    }
    Sub known = subs.get(change.subscriptionId());
    long quantity =
        billing.quantity().isPresent()
            ? billing.quantity().getAsLong()
            : known == null || known.quantity == null ? 1 : known.quantity;
    return BigInteger.valueOf(billing.amount()).multiply(BigInteger.valueOf(quantity));
  }

  long money(Accepted accepted) {
    String currency =
        accepted.event() instanceof Purchase p
            ? p.currency()
            : ((SubscriptionChange) accepted.event()).billing().currency();
    if (currency.equals(policy.currency().base())) {
      return accepted.money().longValueExact();
    }
    BigDecimal rate = policy.currency().rates().get(currency);
    return rate == null
        ? 0
        : rate.multiply(new BigDecimal(accepted.money()))
            .setScale(0, RoundingMode.HALF_EVEN)
            .longValueExact();
  }

  /** The activity score as displayed. */
  public double score(long at) {
    double sum = 0;
    for (Accepted h : accepted) {
      sum +=
          policy.activity().weights().of(h.event())
              * Math.pow(
                  0.5, (double) (at - h.event().occurredAt()) / policy.activity().halfLife());
    }
    return 100 * (1 - Math.exp(-sum / policy.activity().scale()));
  }

  /** Activity types, in alphabetical order, joined by +. */
  public String types(long at) {
    Set<String> types = new TreeSet<>();
    for (Accepted h : accepted) {
      if (at < h.event().occurredAt() + policy.activity().activeWithin()) {
        switch (h.event().family()) {
          case SUPPORT -> types.add("SUPPORT");
          case CONTACT, SOCIAL, FEEDBACK, LOYALTY -> types.add("CONTACT");
          default -> {}
        }
        if (isTransaction(h.event())) {
          types.add("RECENT_BUYER");
        }
      }
    }
    if (status.equals("LOYAL")) {
      types.add("LOYAL");
    }
    for (Sub sub : subs.values()) {
      if (sub.entitledAt(at)) {
        types.add(sub.kind + "_SUBSCRIBER");
      }
    }
    return String.join("+", types);
  }

  /** Last qualifying activity, or null. */
  public Long lastActivity() {
    return latest(Accepted::qualifying);
  }
}
