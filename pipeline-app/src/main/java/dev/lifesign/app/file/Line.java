package dev.lifesign.app.file;

import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Rejection;
import java.util.Optional;

/**
 * A line of a file of events: an event, or why there is none.
 *
 * @param number the line's number, from 1
 * @param arrivedAt when it arrived, milliseconds since 1970; 0 where there is no event
 * @param event the event, not yet checked for acceptance
 * @param fault why it cannot be read
 * @param text the line as it stands in the file
 */
public record Line(
    long number, long arrivedAt, Optional<Event> event, Optional<Rejection> fault, String text) {

  static Line of(long number, long arrivedAt, Event event, String text) {
    return new Line(number, arrivedAt, Optional.of(event), Optional.empty(), text);
  }

  static Line unreadable(long number, Rejection fault, String text) {
    return new Line(number, 0, Optional.empty(), Optional.of(fault), text);
  }

  /** The same line, arriving at another instant. */
  Line arrivingAt(long instant) {
    return instant == arrivedAt ? this : new Line(number, instant, event, fault, text);
  }
}
