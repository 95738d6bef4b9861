package dev.lifesign.domain.alert;

import dev.lifesign.domain.customer.AlertBook;
import dev.lifesign.domain.customer.OpenAlert;
import dev.lifesign.domain.customer.Status;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.Cause;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.AlertRule;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Raises and ends one customer's alerts after a judgement (semantics, Alerts).
 *
 * <p>An open alert ends, in this order: RETURNED, WITHDRAWN or LAPSED when the customer becomes
 * healthy; WITHDRAWN when a late event that occurred before the alert was raised removes its cause;
 * EXPIRED when its time to live is over.
 */
public final class AlertDesk {

  private final String customerId;
  private final Policy policy;
  private final long at;
  private final Cause cause;
  private final Consumer<AlertFact> facts;

  /**
   * The alerts of one judgement.
   *
   * @param customerId the customer
   * @param policy the policy in force
   * @param at the instant at which the customer was judged
   * @param cause why it was judged
   * @param facts receives the facts to publish
   */
  public AlertDesk(
      String customerId, Policy policy, long at, Cause cause, Consumer<AlertFact> facts) {
    this.customerId = customerId;
    this.policy = policy;
    this.at = at;
    this.cause = cause;
    this.facts = facts;
  }

  /** The earliest instant at which an open alert ends by itself; FOREVER if none is open. */
  public static long nextExpiry(AlertBook book) {
    long next = Instants.FOREVER;
    if (book.open().isEmpty()) {
      return next;
    }
    for (OpenAlert alert : book.open()) {
      next = Math.min(next, alert.expiresAt());
    }
    return next;
  }

  /**
   * Whether a judgement can change the alerts; if not, they stay as they are and {@link #review}
   * need not be called.
   */
  public static boolean isNeeded(AlertBook book, Optional<StatusChange> change, long at) {
    return change.isPresent() || nextExpiry(book) <= at;
  }

  /**
   * The alerts after the judgement. Call it only if {@link #isNeeded}.
   *
   * @param now the status as it is now
   * @param change the status change that is published, if there is one
   */
  public AlertBook review(AlertBook book, Assessment now, Optional<StatusChange> change) {
    List<OpenAlert> open = new ArrayList<>();
    for (OpenAlert alert : book.open()) {
      Optional<Resolution> resolution = resolution(alert, now, change.isPresent());
      resolution.ifPresentOrElse(ended -> publishEnd(alert, ended), () -> open.add(alert));
    }
    Map<String, Long> lastRaised = coolingDown(book);
    change.ifPresent(entry -> raise(entry, open, lastRaised));
    return new AlertBook(open, lastRaised);
  }

  private Optional<Resolution> resolution(OpenAlert alert, Assessment now, boolean changed) {
    boolean disproved = cause.late() && cause.occurredAt() <= alert.raisedAt();
    if (changed && now.status().isHealthy()) {
      if (!cause.isEvent()) {
        return Optional.of(Resolution.LAPSED);
      }
      return Optional.of(disproved ? Resolution.WITHDRAWN : Resolution.RETURNED);
    }
    if (changed && disproved && !stillHolds(alert, now)) {
      return Optional.of(Resolution.WITHDRAWN);
    }
    return alert.expiresAt() <= at ? Optional.of(Resolution.EXPIRED) : Optional.empty();
  }

  private static boolean stillHolds(OpenAlert alert, Assessment now) {
    if (now.status() == alert.status()) {
      return alert.status() != Status.AT_RISK || now.reason() == alert.reason();
    }
    return now.status().compareTo(alert.status()) > 0;
  }

  private Map<String, Long> coolingDown(AlertBook book) {
    Map<String, Long> remaining = new HashMap<>();
    book.lastRaised()
        .forEach(
            (id, raised) -> {
              if (isCoolingDown(policy.alertRule(id), raised)) {
                remaining.put(id, raised);
              }
            });
    return remaining;
  }

  private boolean isCoolingDown(AlertRule rule, long raised) {
    return rule != null && at < Instants.plus(raised, rule.cooldown());
  }

  private void raise(StatusChange change, List<OpenAlert> open, Map<String, Long> lastRaised) {
    for (AlertRule rule : policy.alerts()) {
      if (triggers(rule, change) && !lastRaised.containsKey(rule.id())) {
        OpenAlert alert =
            new OpenAlert(
                rule.id(),
                change.sequence(),
                change.to().status(),
                change.to().reason(),
                at,
                Instants.plus(at, rule.timeToLive()));
        open.add(alert);
        if (rule.cooldown() > 0) {
          lastRaised.put(rule.id(), at);
        }
        publish(alert, Optional.of(rule), Optional.of(change), Optional.empty());
      }
    }
  }

  private static boolean triggers(AlertRule rule, StatusChange change) {
    return switch (rule.trigger()) {
      case AT_RISK -> change.to().status() == Status.AT_RISK;
      case DORMANT -> change.to().status() == Status.DORMANT && change.isEntry();
      case CHURNED -> change.to().status() == Status.CHURNED && change.isEntry();
    };
  }

  private void publishEnd(OpenAlert alert, Resolution resolution) {
    publish(
        alert,
        Optional.ofNullable(policy.alertRule(alert.rule())),
        Optional.empty(),
        Optional.of(new AlertFact.Ending(resolution, at)));
  }

  private void publish(
      OpenAlert alert,
      Optional<AlertRule> rule,
      Optional<StatusChange> change,
      Optional<AlertFact.Ending> ending) {
    facts.accept(
        new AlertFact(
            customerId,
            alert,
            rule,
            change,
            ending,
            cause.late(),
            cause.detectedAt(),
            policy.version()));
  }
}
