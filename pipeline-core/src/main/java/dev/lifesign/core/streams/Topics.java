package dev.lifesign.core.streams;

import dev.lifesign.core.event.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The names of the topics; every one has its name here and nowhere else. */
public final class Topics {

  /** Status changes. */
  public static final String STATUS_CHANGES = "lifesign.status-changes";

  /** Alerts raised and ended. */
  public static final String CHURN_ALERTS = "lifesign.churn-alerts";

  /** The latest profile of each customer. */
  public static final String CUSTOMER_PROFILES = "lifesign.customer-profiles";

  /** What was not accepted. */
  public static final String DEAD_LETTERS = "lifesign.dead-letters";

  /** Ticks and policies. */
  public static final String CONTROL = "lifesign.control";

  private Topics() {}

  /** The input topic of a family. */
  public static String of(Family family) {
    return switch (family) {
      case PURCHASE -> "lifesign.purchases";
      case SUBSCRIPTION -> "lifesign.subscriptions";
      case SUPPORT -> "lifesign.support";
      case SOCIAL -> "lifesign.social";
      case CONTACT -> "lifesign.contacts";
      case FEEDBACK -> "lifesign.feedback";
      case LOYALTY -> "lifesign.loyalty";
    };
  }

  /** The family of an input topic; empty if it is none. */
  public static Optional<Family> family(String topic) {
    return Arrays.stream(Family.values()).filter(family -> of(family).equals(topic)).findFirst();
  }

  /** All input topics, in the order of the families. */
  public static List<String> inputs() {
    return Arrays.stream(Family.values()).map(Topics::of).toList();
  }

  /** All output topics. */
  public static List<String> outputs() {
    return List.of(STATUS_CHANGES, CHURN_ALERTS, CUSTOMER_PROFILES, DEAD_LETTERS);
  }
}
