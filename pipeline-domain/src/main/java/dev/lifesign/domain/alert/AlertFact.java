package dev.lifesign.domain.alert;

import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Policy;
import java.util.List;
import java.util.Optional;

/**
 * A fact: something happened to an alert.
 *
 * @param customerId the customer
 * @param caseId its case
 * @param alert the alert after the change
 * @param change what happened
 * @param notifies whether people should be told again
 * @param order what a person asked for; {@link Order#NONE} if it was no command
 * @param background what the decision rested on
 * @param evidence the values behind it
 * @param detection when it became true, and was found
 */
public record AlertFact(
    String customerId,
    String caseId,
    AlertState alert,
    AlertChange change,
    boolean notifies,
    Order order,
    Background background,
    List<Finding> evidence,
    Detection detection) {

  /** Keeps its own copy. */
  public AlertFact {
    evidence = List.copyOf(evidence);
  }

  /**
   * What a person asked for.
   *
   * @param by who; empty if it was no command
   * @param outcome of RESOLVE; NONE for others
   * @param note of NOTE; empty for others
   */
  public record Order(String by, AlertState.Outcome outcome, String note) {

    /** No command. */
    public static final Order NONE = new Order("", AlertState.Outcome.NONE, "");
  }

  /**
   * What a decision rested on.
   *
   * @param policy the policy in force
   * @param status the customer's status and reason
   * @param valueAtStake what is lost if the customer leaves, minor units of the base currency
   */
  public record Background(Policy policy, Assessment status, long valueAtStake) {}

  /**
   * When something became true, and was found.
   *
   * @param late whether a late event caused it
   * @param effectiveAt when it became true
   * @param detectedAt the arrival or the tick at which it was found
   */
  public record Detection(boolean late, long effectiveAt, long detectedAt) {}

  /** The id: a function of customer, case and number. */
  public String alertId() {
    return AlertId.of(customerId, caseId, alert.number());
  }

  /** The case's alert before, if it ended within the cooldown. */
  public Optional<String> previous() {
    return alert.origin().continues()
        ? Optional.of(AlertId.of(customerId, caseId, alert.number() - 1))
        : Optional.empty();
  }

  /** The case as the policy has it; empty if it no longer does. */
  public Optional<Case> definition() {
    return background.policy().caseOf(caseId);
  }

  /** What cleared the alert: EVENT, TIME, CORRECTION or POLICY; empty if nothing has. */
  public String clearedBy() {
    if (change != AlertChange.CLEARED) {
      return "";
    }
    return switch (alert.ending()) {
      case CLEARED_BY_EVENT -> "EVENT";
      case CLEARED_BY_TIME -> "TIME";
      case CLEARED_BY_CORRECTION -> "CORRECTION";
      case CLEARED_BY_POLICY -> "POLICY";
      default -> "";
    };
  }
}
