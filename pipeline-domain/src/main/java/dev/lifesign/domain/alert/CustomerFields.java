package dev.lifesign.domain.alert;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.customer.StatusState;
import dev.lifesign.domain.customer.Subscription;
import dev.lifesign.domain.lifecycle.ActivityType;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.Mrr;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.scoring.ValueAtStake;
import dev.lifesign.domain.time.Instants;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * What CEL sees as {@code customer} (semantics, Alerts): its fields at an instant, by name. What is
 * absent has no entry. Numbers are {@link Long} or {@link Double}, instants {@link Instant}; money
 * is in minor units of the base currency, but for the amount of a subscription, which is in those
 * of its own currency.
 *
 * <p>A field is computed when it is first asked for, so that an expression pays only for what it
 * reads. Looking at all entries computes all of them. Cannot be modified; for one thread.
 */
public final class CustomerFields extends AbstractMap<String, Object> {

  private static final Map<String, Function<CustomerFields, Object>> FIELDS = fields();

  private final Customer customer;
  private final Policy policy;
  private final long at;
  private final StatusState status;
  private final SegmentState segment;

  /** The fields that were asked for; null for one that is absent. */
  private final Map<String, Object> known = new HashMap<>();

  /**
   * The fields of a customer.
   *
   * @param customer the customer with everything that has happened; its verdict is not looked at
   * @param policy the policy in force
   * @param at the instant of the judgement
   * @param status the status as settled at this judgement
   * @param segment the scores and the segment as settled at this judgement
   */
  public CustomerFields(
      Customer customer, Policy policy, long at, StatusState status, SegmentState segment) {
    this.customer = customer;
    this.policy = policy;
    this.at = at;
    this.status = status;
    this.segment = segment;
  }

  private static Map<String, Function<CustomerFields, Object>> fields() {
    Map<String, Function<CustomerFields, Object>> fields = new LinkedHashMap<>();
    fields.put("status", f -> f.status.status().name());
    fields.put("reason", f -> orAbsent(f.status.reason().label()));
    fields.put("since", f -> orAbsent(f.status.since()));
    fields.put("segment", f -> orAbsent(f.segment.current()));
    fields.put("r", f -> f.score(f.segment.recency()));
    fields.put("f", f -> f.score(f.segment.frequency()));
    fields.put("m", f -> f.score(f.segment.monetary()));
    fields.put("orders", f -> f.customer.commerce().orders());
    fields.put("netMoney", f -> f.customer.commerce().net());
    fields.put("ordersInWindow", CustomerFields::ordersInWindow);
    fields.put("netMoneyInWindow", CustomerFields::netMoneyInWindow);
    fields.put("activityScore", CustomerFields::activityScore);
    fields.put("types", CustomerFields::types);
    fields.put("tenureDays", CustomerFields::tenureDays);
    fields.put("pAlive", CustomerFields::alive);
    fields.put("valueAtStake", CustomerFields::valueAtStake);
    fields.put("mrr", f -> Mrr.of(f.customer, f.at));
    fields.put("subscriptions", CustomerFields::subscriptions);
    return Collections.unmodifiableMap(fields);
  }

  @Override
  public Object get(Object name) {
    Object value = known.get(name);
    if (value != null || known.containsKey(name)) {
      return value;
    }
    Function<CustomerFields, Object> field = FIELDS.get(name);
    if (field == null) {
      return null;
    }
    value = field.apply(this);
    known.put((String) name, value);
    return value;
  }

  @Override
  public boolean containsKey(Object name) {
    return get(name) != null;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String name : FIELDS.keySet()) {
      Object value = get(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    return Collections.unmodifiableMap(all).entrySet();
  }

  private Object score(int score) {
    return segment.isScored() ? (Object) (long) score : null;
  }

  private long ordersInWindow() {
    return customer.commerce().panes().orders(policy.rfm().windowDays(), today());
  }

  private long netMoneyInWindow() {
    return customer.commerce().panes().net(policy.rfm().windowDays(), today());
  }

  private int today() {
    return policy.days().dayOf(at);
  }

  private double activityScore() {
    return customer.score().shown(at, policy.activity().halfLife(), policy.activity().scale());
  }

  private List<String> types() {
    return ActivityType.of(customer, status.status(), policy, at).stream()
        .map(ActivityType::name)
        .toList();
  }

  /** Whole days of 24 hours since the first commercial event. */
  private Object tenureDays() {
    long first = customer.milestones().firstCommercial();
    return first == Instants.NEVER ? null : (Object) Math.floorDiv(at - first, Instants.DAY);
  }

  private Object alive() {
    OptionalDouble alive = Prediction.alive(customer, policy, at);
    return alive.isEmpty() ? null : (Object) alive.getAsDouble();
  }

  private long valueAtStake() {
    return ValueAtStake.of(Prediction.of(customer, policy, at), netMoneyInWindow());
  }

  private List<Map<String, Object>> subscriptions() {
    return customer.subscriptions().list().stream().map(this::subscription).toList();
  }

  private Map<String, Object> subscription(Subscription subscription) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", subscription.id());
    fields.put("kind", subscription.kind().name());
    fields.put("plan", orAbsent(subscription.plan()));
    fields.put("state", subscription.state().name());
    fields.put("entitled", subscription.entitledAt(at));
    fields.put("paidThrough", orAbsent(subscription.paid().through()));
    fields.put("amount", subscription.price().amount());
    fields.values().removeIf(Objects::isNull);
    return Collections.unmodifiableMap(fields);
  }

  private static Object orAbsent(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Object orAbsent(long instant) {
    return Instants.isFinite(instant) ? Instant.ofEpochMilli(instant) : null;
  }
}
