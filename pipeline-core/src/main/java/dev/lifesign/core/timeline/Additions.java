package dev.lifesign.core.timeline;

import dev.lifesign.core.customer.ActivityScore;
import dev.lifesign.core.customer.DaySet;
import dev.lifesign.core.customer.FamilyPanes;
import dev.lifesign.core.customer.Milestones.FamilyInstants;
import dev.lifesign.core.customer.MoneyPanes;
import dev.lifesign.core.customer.RecentEvents;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Family;

/** Adds an event to each thing that is kept for a customer and grows. */
class Additions {

  /** Adds, and keeps nothing: for any thread. */
  static final Additions PLAIN = new Additions();

  /** An event begins, and the customer's clock after it. */
  void begin(Event event, long clock) {
    // There is nothing to be told apart by it.
  }

  /** The hash under which the event's id is remembered; asked for before {@link #begin}. */
  long hash(Event event) {
    return RecentEvents.hash(event.eventId());
  }

  RecentEvents id(RecentEvents to, long hash) {
    return to.with(hash);
  }

  FamilyPanes event(FamilyPanes to, int day, Family family, long at) {
    return to.plus(day, family, at);
  }

  FamilyInstants instant(FamilyInstants to, Family family, long instant) {
    return to.with(family, instant);
  }

  MoneyPanes money(MoneyPanes to, int day, int orders, long net, int windowDays, long at) {
    return to.plus(day, orders, net, windowDays, at);
  }

  DaySet day(DaySet to, int day) {
    return to.with(day);
  }

  ActivityScore weight(ActivityScore to, double weight, long occurredAt, long halfLife) {
    return to.plus(weight, occurredAt, halfLife);
  }
}
