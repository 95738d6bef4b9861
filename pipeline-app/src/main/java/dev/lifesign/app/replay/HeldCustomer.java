package dev.lifesign.app.replay;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.time.Instants;
import java.util.Optional;

/** A customer in memory, when it is due, and where its events stand that are still to be played. */
final class HeldCustomer {

  private final String id;

  /** Null before its first event is played. */
  private Customer customer;

  private long due = Instants.FOREVER;
  private int first = WaitingEvents.NONE;
  private int last = WaitingEvents.NONE;

  /** One of which nothing was heard. */
  HeldCustomer(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** The customer; empty before its first event is played. */
  Optional<Customer> customer() {
    return Optional.ofNullable(customer);
  }

  void customer(Customer next) {
    customer = next;
  }

  /** When it is due; FOREVER if it is not. */
  long due() {
    return due;
  }

  void due(long at) {
    due = at;
  }

  /** Its first event that waits, {@link WaitingEvents#NONE} if none does. */
  int firstWaiting() {
    return first;
  }

  /** Its last event that waits. */
  int lastWaiting() {
    return last;
  }

  /** One more event waits. */
  void waits(int event) {
    if (first == WaitingEvents.NONE) {
      first = event;
    }
    last = event;
  }

  /** None waits any more. */
  void waitsForNone() {
    first = WaitingEvents.NONE;
    last = WaitingEvents.NONE;
  }
}
