package dev.lifesign.core.codec;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.time.Instants;

/**
 * A customer as the store keeps it.
 *
 * @param customer the customer
 * @param armed the instant under which it stands in the deadline index; FOREVER if it does not
 * @param changes the last of its status changes, of which the newest has the sequence of its
 *     standing; those before stand in the store by themselves
 */
public record StoredCustomer(Customer customer, long armed, PastChanges changes) {

  /** Without a status change. */
  public StoredCustomer(Customer customer, long armed) {
    this(customer, armed, PastChanges.NONE);
  }

  /** The same, when it does not stand in the index any more. */
  public StoredCustomer disarmed() {
    return new StoredCustomer(customer, Instants.FOREVER, changes);
  }
}
