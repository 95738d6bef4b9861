package dev.lifesign.bench.job;

import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.lab.replay.DirectCustomers;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;

/** Computes the hourly cut points of a job's population from the timeline alone. */
public final class Cutting {

  private Cutting() {}

  /** The cut points under a policy, in order of time; each applies from a tick on. */
  public static List<CutHistory.InForce> of(Job job, Ticks ticks, Policy policy) {
    List<CutHistory.InForce> taken = new ArrayList<>();
    DirectCustomers customers = new DirectCustomers(Policies.of(policy), outcome -> {}, taken::add);
    PrimitiveIterator.OfLong tick = ticks.of(job).iterator();
    long next = tick.nextLong();
    JobEvents events = new JobEvents(job);
    while (events.hasNext()) {
      JobEvents.Arrived arrived = events.next();
      while (next <= arrived.arrivedAt()) {
        customers.tick(next);
        next = tick.nextLong();
      }
      customers.accept(arrived.event(), arrived.arrivedAt());
    }
    return taken;
  }
}
