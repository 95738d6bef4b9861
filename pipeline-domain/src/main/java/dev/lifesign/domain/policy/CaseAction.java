package dev.lifesign.domain.policy;

/**
 * What to do about an alert. Each part may be empty.
 *
 * @param play the name of a play, such as {@code win-back}
 * @param channel how to reach the customer, such as {@code EMAIL}
 * @param offer what to offer
 * @param note a remark for whoever acts
 */
public record CaseAction(String play, String channel, String offer, String note) {

  /** Nothing in particular. */
  public static final CaseAction NONE = new CaseAction("", "", "", "");
}
