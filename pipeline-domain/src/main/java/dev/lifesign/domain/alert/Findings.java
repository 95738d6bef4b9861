package dev.lifesign.domain.alert;

import dev.lifesign.domain.condition.Scene;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.lifecycle.NextReview;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Rung;
import java.util.List;
import java.util.Optional;

/**
 * The evidence of an alert fact: what is usual for the customer, what is now, the threshold, what
 * would end the alert, and what comes next. The names are those of docs/reference/alerts.md.
 */
public final class Findings {

  private Findings() {}

  /**
   * The evidence of a change. Nothing of a customer who is erased.
   *
   * @param scene the customer after the judgement
   * @param definition the case as the policy has it; empty if it no longer does
   * @param alert the alert after the change
   * @param change what happened to it
   * @param caused whether its cause is there: its rung holds, or it is about an event; a reopened
   *     alert may be open without
   * @param event the event that was judged; empty if time or a command brought the change
   * @param next the next status if no further event arrives
   * @param valueAtStake what is lost if the customer leaves, minor units of the base currency
   */
  public static List<Finding> of(
      Scene scene,
      Optional<Case> definition,
      AlertState alert,
      AlertChange change,
      boolean caused,
      Optional<Event> event,
      Optional<NextReview> next,
      long valueAtStake) {
    FindingList found = new FindingList();
    switch (change) {
      case RAISED, ESCALATED, EASED, REPEATED, WOKEN, OVERDUE, REOPENED -> {
        if (change == AlertChange.OVERDUE) {
          overdue(found, alert);
        }
        if (caused) {
          cause(found, scene, definition, alert, event);
        } else {
          status(found, scene);
        }
        if (change == AlertChange.RAISED || change == AlertChange.ESCALATED) {
          found.amount("valueAtStake", valueAtStake);
        }
        next.ifPresent(review -> next(found, review));
      }
      case CLEARED -> {
        if (alert.ending() == Ending.CLEARED_BY_EVENT
            || alert.ending() == Ending.CLEARED_BY_CORRECTION) {
          event.ifPresent(judged -> EventFindings.add(found, judged));
        }
        status(found, scene);
        openFor(found, scene, alert);
      }
      case EXPIRED -> {
        status(found, scene);
        openFor(found, scene, alert);
      }
      case HANDLED -> openFor(found, scene, alert);
      case SNOOZED -> found.moment("snoozedUntil", alert.moments().snoozedUntil());
      case ASSIGNED -> found.word("owner", alert.owner().name());
      case ACKNOWLEDGED, NOTED, MERGED, ERASED -> {}
    }
    return found.toList();
  }

  private static void overdue(FindingList found, AlertState alert) {
    found.moment("dueAt", alert.moments().dueAt());
    // Of what makes a new version, an overdue alert can change nothing but its owner.
    if (alert.version().changed() == alert.version().current()) {
      found.word("owner", alert.owner().name());
    }
  }

  private static void cause(
      FindingList found,
      Scene scene,
      Optional<Case> definition,
      AlertState alert,
      Optional<Event> event) {
    Optional<EventTrigger> trigger = definition.flatMap(Case::trigger);
    if (trigger.isPresent()) {
      triggered(found, scene, trigger.get(), alert, event);
      return;
    }
    status(found, scene);
    definition
        .flatMap(known -> rung(known, alert.place().rung()))
        .ifPresent(rung -> ConditionFindings.add(found, rung.when(), scene));
  }

  private static void triggered(
      FindingList found,
      Scene scene,
      EventTrigger trigger,
      AlertState alert,
      Optional<Event> event) {
    found.word("cause", "EVENT");
    event.ifPresent(judged -> EventFindings.add(found, judged));
    if (event.isEmpty()) {
      found
          .moment("occurredAt", alert.origin().triggeredAt())
          .word("subject", alert.origin().subject());
    }
    if (trigger.count() > 1) {
      found.count("matches", trigger.count()).span("within", trigger.within());
    }
    found.count("times", alert.count());
    status(found, scene);
    if (trigger.endsWhen().isPresent()) {
      found.word("endsBy", "EVENT");
    } else {
      found.word("endsBy", "HAND");
      if (alert.state() == AlertState.State.OPEN) {
        found.moment("expiresAt", alert.moments().expiresAt());
      }
    }
  }

  private static Optional<Rung> rung(Case definition, String id) {
    return definition.rungs().stream().filter(rung -> rung.id().equals(id)).findFirst();
  }

  private static void status(FindingList found, Scene scene) {
    found.word("status", scene.now().status().name()).word("reason", scene.now().reason().label());
  }

  private static void openFor(FindingList found, Scene scene, AlertState alert) {
    found.between("openFor", alert.origin().raisedAt(), scene.at());
  }

  private static void next(FindingList found, NextReview review) {
    found
        .word("nextStatus", review.assessment().status().name())
        .word("nextReason", review.assessment().reason().label())
        .moment("nextAt", review.at());
  }
}
