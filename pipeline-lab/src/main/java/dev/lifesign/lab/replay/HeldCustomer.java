package dev.lifesign.lab.replay;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;

/** A customer in memory, when it is due, and which of its events are queued. */
final class HeldCustomer {

  private final String id;
  private final int place;

  /** Null before its first event is replayed, and once it is erased. */
  private Customer customer;

  private long due = Instants.FOREVER;
  private long erasedAt = Instants.NEVER;

  /** The id of the command that erased the customer last; empty if none did. */
  private String erasedBy = "";

  private int first = WaitingEvents.NONE;
  private int last = WaitingEvents.NONE;

  /**
   * A customer without events.
   *
   * @param place its place among all customers
   */
  HeldCustomer(String id, int place) {
    this.id = id;
    this.place = place;
  }

  /** Its place among all customers. */
  int place() {
    return place;
  }

  String id() {
    return id;
  }

  /** The customer; empty before its first event is replayed, and once it is erased. */
  Optional<Customer> customer() {
    return Optional.ofNullable(customer);
  }

  void customer(Customer next) {
    customer = next;
  }

  /** Forgets the customer. */
  void erase(long at, String commandId) {
    customer = null;
    due = Instants.FOREVER;
    erasedAt = at;
    erasedBy = commandId;
  }

  /** Whether the customer was last erased by a command with this id. */
  boolean isErasedBy(String commandId) {
    return erasedBy.equals(commandId);
  }

  /** When the customer was last erased; NEVER if it was not. */
  long erasedAt() {
    return erasedAt;
  }

  /** When it is due; FOREVER if it is not. */
  long due() {
    return due;
  }

  void due(long at) {
    due = at;
  }

  /** Its first queued event; {@link WaitingEvents#NONE} if there is none. */
  int firstWaiting() {
    return first;
  }

  /** Its last queued event. */
  int lastWaiting() {
    return last;
  }

  /** Queues one more event. */
  void enqueue(int event) {
    if (first == WaitingEvents.NONE) {
      first = event;
    }
    last = event;
  }

  /** Empties the queue. */
  void clearQueue() {
    first = WaitingEvents.NONE;
    last = WaitingEvents.NONE;
  }
}
