package dev.lifesign.bench.job;

import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.CutHistory;
import dev.lifesign.lab.replay.DirectCustomers;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;

/** The cut points that a job's population has, hour by hour, as the timeline alone takes them. */
public final class Cutting {

  private Cutting() {}

  /** The cut points under a policy, in the order of time, each from a tick on. */
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
