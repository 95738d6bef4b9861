package dev.lifesign.core.codec;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.time.Instants;

/**
 * A customer as it is stored.
 *
 * @param customer the customer
 * @param armed the instant of its entry in the deadline index; FOREVER if it has none
 * @param changes its latest status changes; the newest has the sequence of the current status.
 *     Older ones are stored in blocks of their own.
 */
public record StoredCustomer(Customer customer, long armed, PastChanges changes) {

  /** A customer without status changes. */
  public StoredCustomer(Customer customer, long armed) {
    this(customer, armed, PastChanges.NONE);
  }

  /** The same customer without an entry in the deadline index. */
  public StoredCustomer disarmed() {
    return new StoredCustomer(customer, Instants.FOREVER, changes);
  }
}
