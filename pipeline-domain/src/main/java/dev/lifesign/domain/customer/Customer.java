package dev.lifesign.domain.customer;

import dev.lifesign.domain.time.Instants;

/**
 * Everything that is stored for a customer. Immutable.
 *
 * @param id the customer
 * @param clock the customer's clock (semantics, Time)
 * @param activity the aggregates of its events
 * @param verdict the result of the last judgement
 */
public record Customer(String id, long clock, CustomerActivity activity, CustomerVerdict verdict) {

  /** A customer without any events yet. */
  public static Customer unknown(String id, int policyVersion) {
    return new Customer(
        id, Instants.NEVER, CustomerActivity.NONE, CustomerVerdict.none(policyVersion));
  }

  /** This customer after a judgement at an instant. */
  public Customer judged(
      long at, long nextDue, StatusState status, CaseBook cases, SegmentState segment) {
    return new Customer(
        id, at, activity, new CustomerVerdict(policyVersion(), nextDue, status, cases, segment));
  }

  /** This customer with another answer to a command. */
  public Customer answered(Answers.Answer answer) {
    return new Customer(id, clock, activity, verdict.withCases(verdict.cases().with(answer)));
  }

  /**
   * This customer under another policy, with the score decayed so that its half-life may change.
   */
  public Customer underPolicy(int version, ActivityScore decayed) {
    return new Customer(id, clock, activity.withScore(decayed), verdict.underPolicy(version));
  }

  /**
   * The next instant at which something changes without a further event; FOREVER if nothing does.
   */
  public long due() {
    return verdict.due();
  }

  /** The policy that last judged the customer. */
  public int policyVersion() {
    return verdict.policyVersion();
  }

  /** The ids of the last events, to recognise duplicates. */
  public RecentEvents recentEvents() {
    return activity.recentEvents();
  }

  /** First and last instants. */
  public Milestones milestones() {
    return activity.milestones();
  }

  /** Orders and money. */
  public Commerce commerce() {
    return activity.commerce();
  }

  /** Events per day and family. */
  public FamilyPanes families() {
    return activity.families();
  }

  /** The activity score. */
  public ActivityScore score() {
    return activity.score();
  }

  /** The subscriptions. */
  public Subscriptions subscriptions() {
    return activity.subscriptions();
  }

  /** The status last published. */
  public StatusState statusState() {
    return verdict.status();
  }

  /** What is kept of its cases and commands. */
  public CaseBook cases() {
    return verdict.cases();
  }

  /** The segment last published. */
  public SegmentState segment() {
    return verdict.segment();
  }
}
