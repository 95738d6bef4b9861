package dev.lifesign.app.query;

/** What can be asked of a customer. */
public enum Question {
  /** Profile, types, subscriptions, open alerts, evidence, and what comes next. */
  CUSTOMER(""),
  /** The last status changes. */
  TIMELINE("/timeline");

  private final String suffix;

  Question(String suffix) {
    this.suffix = suffix;
  }

  /** What follows the customer in the path. */
  public String suffix() {
    return suffix;
  }
}
