package dev.lifesign.app.query;

/** The protocol by which instances forward questions to each other. */
public final class Forwarding {

  /** The header of a forwarded question, which must not be forwarded again. */
  public static final String HEADER = "Lifesign-Forwarded";

  private Forwarding() {}

  /** The sentence about an unknown customer, the same from every instance. */
  static String unknownCustomer(String customerId) {
    return "No event of customer %s was received; check the id, which is the key of the customer's events"
        .formatted(customerId);
  }
}
