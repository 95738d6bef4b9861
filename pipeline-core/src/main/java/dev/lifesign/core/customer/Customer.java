package dev.lifesign.core.customer;

import dev.lifesign.core.time.Instants;

/**
 * Everything kept for a customer. Immutable.
 *
 * @param id the customer
 * @param clock the customer's clock (semantics, Time)
 * @param due the next instant at which something changes with no further event; FOREVER if nothing
 *     does
 * @param policyVersion the policy that the customer was last judged by
 * @param recentEvents for recognising duplicates
 * @param milestones first and last instants
 * @param commerce orders and money
 * @param families events a day by family
 * @param score activity score
 * @param subscriptions subscriptions
 * @param standing the status last told
 * @param alerts open alerts
 * @param segment the segment last told
 */
public record Customer(
    String id,
    long clock,
    long due,
    int policyVersion,
    RecentEvents recentEvents,
    Milestones milestones,
    Commerce commerce,
    FamilyPanes families,
    ActivityScore score,
    Subscriptions subscriptions,
    Standing standing,
    AlertBook alerts,
    SegmentStanding segment) {

  /** A customer of whom nothing is known yet. */
  public static Customer unknown(String id, int policyVersion) {
    return new Customer(
        id,
        Instants.NEVER,
        Instants.FOREVER,
        policyVersion,
        RecentEvents.NONE,
        Milestones.NONE,
        Commerce.NONE,
        FamilyPanes.EMPTY,
        ActivityScore.NONE,
        Subscriptions.NONE,
        Standing.NONE,
        AlertBook.EMPTY,
        SegmentStanding.NONE);
  }

  /** The same, judged at an instant. */
  public Customer judged(
      long at,
      long nextDue,
      Standing newStanding,
      AlertBook newAlerts,
      SegmentStanding newSegment) {
    return new Customer(
        id,
        at,
        nextDue,
        policyVersion,
        recentEvents,
        milestones,
        commerce,
        families,
        score,
        subscriptions,
        newStanding,
        newAlerts,
        newSegment);
  }

  /** The same under another policy, the score decayed so that its half-life may change. */
  public Customer underPolicy(int version, ActivityScore decayed) {
    return new Customer(
        id,
        clock,
        due,
        version,
        recentEvents,
        milestones,
        commerce,
        families,
        decayed,
        subscriptions,
        standing,
        alerts,
        segment);
  }
}
