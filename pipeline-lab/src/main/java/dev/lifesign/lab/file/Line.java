package dev.lifesign.lab.file;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Rejection;
import java.util.Optional;

/**
 * A line of a file of events: an event, or the reason why it is not one.
 *
 * @param number the line's number, from 1
 * @param arrivedAt when it arrived, milliseconds since 1970; 0 without an event
 * @param event the event, not yet checked for acceptance
 * @param fault why it cannot be read
 * @param kind what all lines with this fault have in common, for a summary; empty without a fault
 * @param text the line as it is in the file
 */
public record Line(
    long number,
    long arrivedAt,
    Optional<Event> event,
    Optional<Rejection> fault,
    String kind,
    String text) {

  static Line of(long number, long arrivedAt, Event event, String text) {
    return new Line(number, arrivedAt, Optional.of(event), Optional.empty(), "", text);
  }

  static Line unreadable(long number, Rejection fault, String kind, String text) {
    return new Line(number, 0, Optional.empty(), Optional.of(fault), kind, text);
  }

  /** The same line under another number. */
  Line numbered(long other) {
    return new Line(other, arrivedAt, event, fault, kind, text);
  }

  /** The same line with another arrival. */
  Line arrivingAt(long instant) {
    return instant == arrivedAt ? this : new Line(number, instant, event, fault, kind, text);
  }
}
