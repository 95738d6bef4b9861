package dev.lifesign.app.replay;

import dev.lifesign.core.customer.Customer;
import dev.lifesign.core.time.Instants;

/** A customer in memory, and when it is due; an entry of another time in the queue is void. */
final class HeldCustomer {

  private Customer customer;
  private long due = Instants.FOREVER;

  /** One that is not due yet. */
  HeldCustomer(Customer customer) {
    this.customer = customer;
  }

  Customer customer() {
    return customer;
  }

  void customer(Customer next) {
    customer = next;
  }

  /** When it is due; FOREVER if it is not in the queue. */
  long due() {
    return due;
  }

  void due(long at) {
    due = at;
  }
}
