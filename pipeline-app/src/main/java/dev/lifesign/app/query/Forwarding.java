package dev.lifesign.app.query;

/** What instances agree on when one forwards a question to another. */
public final class Forwarding {

  /** The header of a question that another instance forwarded: it is not forwarded again. */
  public static final String HEADER = "Lifesign-Forwarded";

  private Forwarding() {}

  /** The sentence for a customer that no event named, whichever instance says so. */
  static String unknownCustomer(String customerId) {
    return "No event of customer %s was received; check the id, it is the key of its events"
        .formatted(customerId);
  }
}
