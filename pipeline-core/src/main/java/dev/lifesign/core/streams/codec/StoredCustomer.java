package dev.lifesign.core.streams.codec;

import dev.lifesign.core.customer.Customer;

/**
 * A customer as the store keeps it.
 *
 * @param customer the customer
 * @param armed the instant under which it stands in the deadline index; FOREVER if it does not
 */
public record StoredCustomer(Customer customer, long armed) {}
