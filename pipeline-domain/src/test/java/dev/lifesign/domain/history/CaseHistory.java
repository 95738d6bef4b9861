package dev.lifesign.domain.history;

import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random customer with its policies, events and commands.
 *
 * @param policies one or more
 * @param steps by arrival; at equal arrivals events come first
 * @param until the end
 */
public record CaseHistory(Policies policies, List<Step> steps, long until) {

  private static final int EVENTS = 30;

  /** The history for a seed. */
  public static CaseHistory of(long seed) {
    List<Arrival> arrivals =
        Histories.in(RandomPolicies.zoneWithCases(seed), seed, Story.CUSTOMER, EVENTS);
    List<Long> instants = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      instants.add(arrival.arrivedAt());
      instants.add(arrival.event().occurredAt());
    }
    long until = arrivals.get(arrivals.size() - 1).arrivedAt() + 150 * Instants.DAY;
    instants.add(until - 100 * Instants.DAY);
    Policies policies = RandomPolicies.withCases(seed, instants);
    List<Step> steps = new RandomSteps(new Random(seed ^ 0xc0de), policies).among(arrivals, until);
    return new CaseHistory(policies, steps, until);
  }

  /** Plays it with ticks between the steps, and takes every deadline up to the end. */
  public void play(Play play, List<Long> ticks) {
    int next = 0;
    for (Step step : steps) {
      while (next < ticks.size() && ticks.get(next) < step.at()) {
        play.tick(ticks.get(next++));
      }
      step.to(play);
    }
    play.advance(until + 1, until);
  }

  /** Ticks at random instants before the last step. */
  public List<Long> ticks(Random random) {
    List<Long> ticks = new ArrayList<>();
    long before = steps.get(0).at() - Instants.DAY;
    for (Step step : steps) {
      for (int i = random.nextInt(4); i > 0 && step.at() > before; i--) {
        before += Math.floorMod(random.nextLong(), step.at() - before);
        ticks.add(before);
      }
      before = step.at();
    }
    return ticks;
  }

  /** The same without one of its steps. */
  public CaseHistory without(int step) {
    List<Step> fewer = new ArrayList<>(steps);
    fewer.remove(step);
    return new CaseHistory(policies, fewer, until);
  }
}
