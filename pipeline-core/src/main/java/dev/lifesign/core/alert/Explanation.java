package dev.lifesign.core.alert;

import dev.lifesign.core.lifecycle.Evidence;
import dev.lifesign.core.lifecycle.NextReview;
import dev.lifesign.core.lifecycle.StatusChange;
import dev.lifesign.core.time.Instants;

/** Sentences made from the numbers that a decision read. */
final class Explanation {

  private Explanation() {}

  static String raised(StatusChange change) {
    return ground(change) + change.nextReview().map(Explanation::next).orElse("");
  }

  static String ended(AlertFact.Ending ending) {
    String at = Instants.format(ending.at());
    return switch (ending.resolution()) {
      case RETURNED -> "The customer is back: an event of " + at + " made it healthy.";
      case HANDLED -> "Somebody dealt with it at " + at + ".";
      case LAPSED -> "What it was about is gone since " + at + ", with no further event.";
      case WITHDRAWN ->
          "An event that arrived late shows that it should not have been raised; known at "
              + at
              + ".";
      case EXPIRED -> "Its time to live was over at " + at + ".";
    };
  }

  private static String ground(StatusChange change) {
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
          "What is subscribed to is not used; entitled since "
              + Instants.format(evidence.entitledSince())
              + ".";
      case SUBSCRIPTION_ENDED ->
          "The last subscription ended at "
              + Instants.format(evidence.subscriptionEnd())
              + ", and nothing was bought after it.";
      case NONE -> "The customer is " + change.to().status() + ".";
    };
  }

  private static String silence(StatusChange change) {
    Evidence evidence = change.evidence();
    long since = evidence.silence().since();
    String silent =
        "Nothing that counts was heard since "
            + Instants.format(since)
            + ", for "
            + days(change.effectiveAt() - since)
            + "; ";
    return silent
        + switch (change.to().status()) {
          case DORMANT -> "dormant from " + Instants.format(evidence.silence().dormantAt()) + ".";
          case CHURNED -> "churned from " + Instants.format(evidence.silence().churnAt()) + ".";
          default ->
              "for this customer "
                  + days(evidence.silence().threshold())
                  + " are a risk ("
                  + evidence.orders()
                  + (evidence.orders() == 1 ? " order" : " orders")
                  + " in the window of loyalty).";
        };
  }

  private static String next(NextReview next) {
    return " Next: "
        + next.assessment().status()
        + " at "
        + Instants.format(next.at())
        + " if nothing more is heard.";
  }

  /** With one decimal, half up, where they are not whole. */
  private static String days(long millis) {
    if (millis % Instants.DAY == 0) {
      return millis / Instants.DAY + " days";
    }
    long tenths = Math.floorDiv(millis + Instants.DAY / 20, Instants.DAY / 10);
    return tenths / 10 + "." + tenths % 10 + " days";
  }
}
