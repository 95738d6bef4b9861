package dev.lifesign.domain.timeline;

import dev.lifesign.domain.customer.ActivityScore;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.customer.FamilyPanes;
import dev.lifesign.domain.customer.Milestones.FamilyInstants;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.customer.RecentEvents;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;

/**
 * Caches the results of adding the latest event and returns them when the same event is added to
 * the same aggregate again, so that timelines whose policies aggregate alike but judge differently
 * share one copy of the aggregates. For one thread. Compares by identity, which costs nothing.
 */
@SuppressWarnings("ReferenceEquality")
final class LatestAccumulator extends Accumulator {

  private Event hashed;
  private long hash;

  private Event event;
  private long clock;

  private RecentEvents beforeIds;
  private RecentEvents afterIds;

  private FamilyPanes beforeEvents;
  private FamilyPanes afterEvents;

  private FamilyInstants beforeInstants;
  private FamilyInstants afterInstants;

  private MoneyPanes beforeMoney;
  private MoneyPanes afterMoney;

  private DaySet beforeDays;
  private DaySet afterDays;

  private ActivityScore beforeWeights;
  private ActivityScore afterWeights;

  @Override
  long hash(Event next) {
    if (next != hashed) {
      hash = super.hash(next);
      hashed = next;
    }
    return hash;
  }

  @Override
  void begin(Event next, long nextClock) {
    if (next != event || nextClock != clock) {
      event = next;
      clock = nextClock;
      beforeIds = null;
      beforeEvents = null;
      beforeInstants = null;
      beforeMoney = null;
      beforeDays = null;
      beforeWeights = null;
    }
  }

  @Override
  RecentEvents id(RecentEvents to, long hash) {
    if (to != beforeIds) {
      afterIds = super.id(to, hash);
      beforeIds = to;
    }
    return afterIds;
  }

  @Override
  FamilyPanes event(FamilyPanes to, int day, Family family, int today) {
    if (to != beforeEvents) {
      afterEvents = super.event(to, day, family, today);
      beforeEvents = to;
    }
    return afterEvents;
  }

  @Override
  FamilyInstants instant(FamilyInstants to, Family family, long instant) {
    if (to != beforeInstants) {
      afterInstants = super.instant(to, family, instant);
      beforeInstants = to;
    }
    return afterInstants;
  }

  @Override
  MoneyPanes money(MoneyPanes to, int day, int orders, long net, int windowDays, int today) {
    if (to != beforeMoney) {
      afterMoney = super.money(to, day, orders, net, windowDays, today);
      beforeMoney = to;
    }
    return afterMoney;
  }

  @Override
  DaySet day(DaySet to, int day) {
    if (to != beforeDays) {
      afterDays = super.day(to, day);
      beforeDays = to;
    }
    return afterDays;
  }

  @Override
  ActivityScore weight(ActivityScore to, double weight, long occurredAt, long halfLife) {
    if (to != beforeWeights) {
      afterWeights = super.weight(to, weight, occurredAt, halfLife);
      beforeWeights = to;
    }
    return afterWeights;
  }
}
