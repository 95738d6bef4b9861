package dev.lifesign.domain.event;

/** The families of events. The order is part of the stored state: append only. */
public enum Family {
  /** Purchases and refunds. */
  PURCHASE("purchase"),
  /** What happens to a subscription. */
  SUBSCRIPTION("subscription"),
  /** What happens to a support ticket. */
  SUPPORT("support"),
  /** What the customer does on social networks. */
  SOCIAL("social"),
  /** Contacts, and use of the product. */
  CONTACT("contact"),
  /** Answers to surveys. */
  FEEDBACK("feedback"),
  /** The loyalty programme. */
  LOYALTY("loyalty");

  private final String label;

  Family(String label) {
    this.label = label;
  }

  /** The name in files and policies, such as {@code purchase}. */
  public String label() {
    return label;
  }

  /** The actions of this family, in declaration order. */
  public Enum<?>[] actions() {
    return switch (this) {
      case PURCHASE -> Purchase.Action.values();
      case SUBSCRIPTION -> SubscriptionChange.Action.values();
      case SUPPORT -> Support.Action.values();
      case SOCIAL -> Social.Action.values();
      case CONTACT -> Contact.Action.values();
      case FEEDBACK -> Feedback.Action.values();
      case LOYALTY -> Loyalty.Action.values();
    };
  }
}
