package dev.lifesign.domain.condition;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.policy.Policy;

/**
 * What conditions are judged by: a customer at an instant, after its status and segment are
 * settled.
 *
 * @param customer the customer with everything that has happened, and with the status and the
 *     segment of this judgement; its cases are those of the last one
 * @param policy the policy in force
 * @param situation what the status table read, and the instant
 * @param now the status and reason at the instant
 * @param segment the segment at the instant; empty if the customer is in none
 */
public record Scene(
    Customer customer, Policy policy, Situation situation, Assessment now, String segment) {

  /** The instant, milliseconds since 1970. */
  public long at() {
    return situation.at();
  }
}
