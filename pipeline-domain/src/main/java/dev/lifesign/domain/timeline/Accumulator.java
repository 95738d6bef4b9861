package dev.lifesign.domain.timeline;

import dev.lifesign.domain.customer.ActivityScore;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.customer.FamilyPanes;
import dev.lifesign.domain.customer.Milestones.FamilyInstants;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;

/** Adds an event to each of a customer's aggregates. */
class Accumulator {

  /** Stateless, for any thread. */
  static final Accumulator PLAIN = new Accumulator();

  /** Starts an event, given the customer's clock after it. */
  void begin(Event event, long clock) {
    // Only an accumulator that caches needs to know.
  }

  /** The hash under which the event's id is kept; called before {@link #begin}. */
  long hash(Event event) {
    return RecentEvents.hash(event.eventId());
  }

  RecentEvents id(RecentEvents to, long hash) {
    return to.with(hash);
  }

  FamilyPanes event(FamilyPanes to, int day, Family family, int today) {
    return to.plus(day, family, today);
  }

  FamilyInstants instant(FamilyInstants to, Family family, long instant) {
    return to.with(family, instant);
  }

  MoneyPanes money(MoneyPanes to, int day, int orders, long net, int windowDays, int today) {
    return to.plus(day, orders, net, windowDays, today);
  }

  DaySet day(DaySet to, int day) {
    return to.with(day);
  }

  ActivityScore weight(ActivityScore to, double weight, long occurredAt, long halfLife) {
    return to.plus(weight, occurredAt, halfLife);
  }
}
