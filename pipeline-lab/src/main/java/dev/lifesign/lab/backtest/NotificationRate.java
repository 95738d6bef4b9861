package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Condition.InStatus;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;

/**
 * How often a policy told people something per week. Cases about customers who are at risk, or
 * worse, follow the number of those; what other cases tell does not depend on the rules of silence.
 *
 * @param following notifications of cases about silence
 * @param others notifications of the other cases
 */
record NotificationRate(double following, double others) {

  /** Whether a rung of a case asks for a status that silence leads to. */
  static boolean follows(Case one) {
    return one.rungs().stream()
        .anyMatch(rung -> rung.when() instanceof InStatus status && isLedToBySilence(status));
  }

  private static boolean isLedToBySilence(InStatus status) {
    return status.in().stream().anyMatch(in -> in == Status.AT_RISK || in.isInactive())
        && (status.reasons().isEmpty()
            || status.reasons().contains(Reason.SILENCE)
            || status.reasons().contains(Reason.MODEL));
  }
}
