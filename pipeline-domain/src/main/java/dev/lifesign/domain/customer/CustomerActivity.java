package dev.lifesign.domain.customer;

/**
 * The aggregates of a customer's events. Immutable.
 *
 * @param recentEvents the ids of the last events, to recognise duplicates
 * @param milestones first and last instants
 * @param commerce orders and money
 * @param families events per day and family
 * @param score the activity score
 * @param subscriptions the subscriptions
 */
public record CustomerActivity(
    RecentEvents recentEvents,
    Milestones milestones,
    Commerce commerce,
    FamilyPanes families,
    ActivityScore score,
    Subscriptions subscriptions) {

  /** No events yet. */
  public static final CustomerActivity NONE =
      new CustomerActivity(
          RecentEvents.NONE,
          Milestones.NONE,
          Commerce.NONE,
          FamilyPanes.EMPTY,
          ActivityScore.NONE,
          Subscriptions.NONE);

  CustomerActivity withScore(ActivityScore newScore) {
    return new CustomerActivity(
        recentEvents, milestones, commerce, families, newScore, subscriptions);
  }
}
