package dev.lifesign.domain.alert;

import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reviews a case that events raise in one judgement (semantics, Alerts, Event triggers). */
final class EventReview {

  /** The most matching events that are kept. */
  private static final int KEPT = 100;

  private final Occasion occasion;
  private final Case definition;
  private final EventTrigger trigger;
  private final AlertDesk desk;
  private List<Long> matches;

  EventReview(Occasion occasion, Case definition, CaseState before) {
    this.occasion = occasion;
    this.definition = definition;
    this.trigger = definition.trigger().orElseThrow();
    this.matches = before.matches();
    this.desk = new AlertDesk(occasion, definition, before.alert(), place -> true);
  }

  /**
   * Whether a judgement changes nothing of the case.
   *
   * @param state what is kept of it; null if it never concerned the customer
   */
  static boolean isQuiet(EventTrigger trigger, CaseState state, Optional<Event> event, long at) {
    boolean open = state != null && state.alert().isPresent() && state.alert().get().isOpen();
    if (open && AlertInstants.isDue(state.alert().get(), at)) {
      return false;
    }
    if (event.isEmpty()) {
      return true;
    }
    Family family = event.get().family();
    return !trigger.match().families().contains(family)
        && !(open
            && trigger.endsWhen().isPresent()
            && trigger.endsWhen().get().families().contains(family));
  }

  /** The desk of the case's alert, for commands. */
  AlertDesk desk() {
    return desk;
  }

  /** What is kept of the case after the judgement. */
  CaseState after() {
    return new CaseState(definition.id(), List.of(), matches, desk.alert());
  }

  /** Looks at what ends the alert, at its own instants, and at what triggers one. */
  void review() {
    if (desk.isOpen() && isEnded()) {
      desk.clearByEvent();
    }
    followCommand();
    if (occasion.event().isPresent() && isTriggered(occasion.event().get())) {
      trigger(occasion.event().get());
    }
  }

  /** What follows a command. */
  void followCommand() {
    if (desk.isOpen()) {
      desk.takeInstants(definition.due());
    }
  }

  private boolean isEnded() {
    var origin = desk.alert().orElseThrow().origin();
    return trigger.endsWhen().isPresent()
        && occasion.event().isPresent()
        && occasion.event().get().occurredAt() > origin.triggeredAt()
        && occasion.says(trigger.endsWhen().get(), origin.subject());
  }

  private boolean isTriggered(Event event) {
    if (!trigger.match().families().contains(event.family())
        || !occasion.says(trigger.match(), "")) {
      return false;
    }
    if (trigger.count() == 1) {
      return !occasion.isOldNews();
    }
    int before = countUntil(event.occurredAt());
    int needed = trigger.count() - 1;
    if (before >= needed
        && !occasion.isOldNews()
        && event.occurredAt() < Instants.plus(matches.get(before - needed), trigger.within())) {
      matches = List.of();
      return true;
    }
    List<Long> all = new ArrayList<>(matches);
    all.add(before, event.occurredAt());
    matches = kept(all);
    return false;
  }

  /** How many matching events occurred before an instant, or at it. */
  private int countUntil(long instant) {
    int count = 0;
    while (count < matches.size() && matches.get(count) <= instant) {
      count++;
    }
    return count;
  }

  /**
   * Those that can still be among the last ones before an event that is news: the newest of what is
   * old, as far as it is within reach, and all that is not.
   */
  private List<Long> kept(List<Long> all) {
    long old = occasion.at() - Occasion.NEWS;
    int from = 0;
    while (from + trigger.count() - 1 < all.size() && all.get(from + trigger.count() - 1) <= old) {
      from++;
    }
    while (from < all.size() && Instants.plus(all.get(from), trigger.within()) <= old) {
      from++;
    }
    return List.copyOf(all.subList(Math.max(from, all.size() - KEPT), all.size()));
  }

  private void trigger(Event event) {
    if (desk.isOpen()) {
      desk.repeat();
    } else if (!desk.isCoolingDown()) {
      desk.raise(
          new AlertDesk.Step("", 0, trigger.severity(), definition.due()),
          event.occurredAt(),
          Subject.of(event),
          true);
    }
  }
}
