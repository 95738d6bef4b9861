package dev.lifesign.domain.timeline;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.lifecycle.Cause;
import dev.lifesign.domain.policy.Policy;
import java.util.Optional;

/**
 * What makes a judgement necessary.
 *
 * @param cause why
 * @param event the event; empty if it was none
 * @param former the policy before, if a new one is taken up
 */
record Occurrence(Cause cause, Optional<Event> event, Optional<Policy> former) {

  static Occurrence time(long detectedAt) {
    return new Occurrence(Cause.time(detectedAt), Optional.empty(), Optional.empty());
  }

  static Occurrence policy(long detectedAt, Policy former) {
    return new Occurrence(Cause.policy(detectedAt), Optional.empty(), Optional.of(former));
  }

  static Occurrence event(Event event, long arrivedAt, boolean late) {
    return new Occurrence(
        Cause.event(arrivedAt, event.occurredAt(), late), Optional.of(event), Optional.empty());
  }
}
