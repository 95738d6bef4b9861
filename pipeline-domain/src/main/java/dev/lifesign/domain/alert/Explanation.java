package dev.lifesign.domain.alert;

import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.NextReview;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.time.Instants;

/** Explains an alert in a sentence, from the values behind the decision. */
final class Explanation {

  private Explanation() {}

  static String raised(StatusChange change) {
    return cause(change) + change.nextReview().map(Explanation::next).orElse("");
  }

  static String ended(AlertFact.Ending ending) {
    String at = Instants.format(ending.at());
    return switch (ending.resolution()) {
      case RETURNED -> "The customer came back: an event at " + at + " made it healthy.";
      case HANDLED -> "Someone handled it at " + at + ".";
      case LAPSED -> "Its cause ended at " + at + ", without a further event.";
      case WITHDRAWN -> "A late event showed at " + at + " that it should not have been raised.";
      case EXPIRED -> "It expired at " + at + ": nothing ended it within its time to live.";
    };
  }

  private static String cause(StatusChange change) {
    Evidence evidence = change.evidence();
    return switch (change.to().reason()) {
      case SILENCE, MODEL -> silence(change);
      case PAYMENT_FAILED ->
          "A payment for a subscription failed; entitled since "
              + Instants.format(evidence.entitledSince())
              + ".";
      case CANCEL_SCHEDULED ->
          "Every subscription is set to end; entitled since "
              + Instants.format(evidence.entitledSince())
              + ".";
      case UNUSED ->
          "The customer does not use what it subscribes to; entitled since "
              + Instants.format(evidence.entitledSince())
              + ".";
      case SUBSCRIPTION_ENDED ->
          "The last subscription ended at "
              + Instants.format(evidence.subscriptionEnd())
              + ", and the customer has bought nothing since.";
      case NONE -> "The customer is " + change.to().status() + ".";
    };
  }

  private static String silence(StatusChange change) {
    Evidence evidence = change.evidence();
    long since = evidence.silence().since();
    String silent =
        "No activity that counts for "
            + days(change.effectiveAt() - since)
            + ", since "
            + Instants.format(since)
            + "; ";
    return silent
        + switch (change.to().status()) {
          case DORMANT -> "dormant since " + Instants.format(evidence.silence().dormantAt()) + ".";
          case CHURNED -> "churned since " + Instants.format(evidence.silence().churnAt()) + ".";
          default ->
              "this customer is at risk after "
                  + days(evidence.silence().threshold())
                  + " of silence"
                  + evidence.returning().map(Explanation::returning).orElse("")
                  + " ("
                  + evidence.orders()
                  + (evidence.orders() == 1 ? " order" : " orders")
                  + " in the loyalty window).";
        };
  }

  private static String returning(Evidence.Returning returning) {
    return ", since the probability of a purchase within "
        + days(returning.within())
        + " is "
        + percent(returning.probability())
        + " then, and the threshold is "
        + percent(returning.threshold());
  }

  /** Percent with at most one decimal, rounded half up. */
  private static String percent(double probability) {
    long tenths = Math.round(1_000 * probability);
    return tenths % 10 == 0 ? tenths / 10 + " %" : tenths / 10 + "." + tenths % 10 + " %";
  }

  private static String next(NextReview next) {
    return " Next: "
        + next.assessment().status()
        + " at "
        + Instants.format(next.at())
        + " unless another event arrives.";
  }

  /** Days with one decimal, rounded half up; without a decimal if they are whole. */
  private static String days(long millis) {
    if (millis % Instants.DAY == 0) {
      return millis == Instants.DAY ? "1 day" : millis / Instants.DAY + " days";
    }
    long tenths = Math.floorDiv(millis + Instants.DAY / 20, Instants.DAY / 10);
    return tenths / 10 + "." + tenths % 10 + " days";
  }
}
