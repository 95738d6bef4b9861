package dev.lifesign.core.codec;

import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Moments;
import dev.lifesign.domain.customer.AlertState.Origin;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.AlertState.Owner;
import dev.lifesign.domain.customer.AlertState.Place;
import dev.lifesign.domain.customer.AlertState.State;
import dev.lifesign.domain.customer.AlertState.Version;
import dev.lifesign.domain.customer.Answers;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.io.Decoder;

/**
 * Reads the alerts of state before version 7, which were raised by rules instead of cases. An open
 * one becomes the open alert of a case that has the rule's id. Its id stays the same, since it is
 * made of the same parts. If the policy has no such case, the next judgement ends the alert as that
 * of a case that the policy has dropped; so whoever has it on a list learns that it is over.
 */
final class FormerAlerts {

  private FormerAlerts() {}

  /**
   * Reads the alerts.
   *
   * @param sequence the number of the customer's last status change
   */
  static CaseBook read(Decoder in, int sequence) throws IOException {
    Map<String, CaseState> cases = new LinkedHashMap<>(2);
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (; left > 0; left--) {
        CaseState one = alert(in);
        cases.put(one.caseId(), one);
      }
    }
    // When each rule last raised an alert.
    for (long left = in.readMapStart(); left > 0; left = in.mapNext()) {
      for (; left > 0; left--) {
        String rule = in.readString();
        long raisedAt = in.readLong();
        cases.putIfAbsent(rule, ended(rule, sequence, raisedAt));
      }
    }
    return cases.isEmpty()
        ? CaseBook.EMPTY
        : new CaseBook(List.copyOf(cases.values()), Answers.NONE);
  }

  /**
   * A case whose last alert has ended: at the latest when another status was published, at the
   * earliest when it was raised. It ended for no reason that begins a cooldown.
   */
  private static CaseState ended(String rule, int number, long raisedAt) {
    return new CaseState(
        rule,
        List.of(),
        List.of(),
        Optional.of(
            new AlertState(
                number,
                new Version(1, 1),
                State.RESOLVED,
                Ending.CLEARED_BY_EVENT,
                Outcome.NONE,
                new Place("", 0, Severity.MEDIUM),
                new Owner("", false),
                new Origin(raisedAt, Instants.NEVER, "", false, false),
                new Moments(Instants.NEVER, false, Instants.NEVER, Instants.NEVER, raisedAt),
                1)));
  }

  private static CaseState alert(Decoder in) throws IOException {
    String rule = in.readString();
    int occurrence = in.readInt();
    Status status = WireEnums.STATUS.constant(in.readEnum());
    // The status's reason.
    in.readEnum();
    long raisedAt = in.readLong();
    long expiresAt = in.readLong();
    return new CaseState(
        rule,
        List.of(),
        List.of(),
        Optional.of(
            new AlertState(
                occurrence,
                new Version(1, 1),
                State.OPEN,
                Ending.NONE,
                Outcome.NONE,
                new Place(rung(status), 0, Severity.MEDIUM),
                new Owner("", false),
                new Origin(raisedAt, Instants.NEVER, "", false, false),
                new Moments(Instants.NEVER, false, expiresAt, Instants.NEVER, Instants.NEVER),
                1)));
  }

  /** The rung that a published policy of before has for a status. */
  private static String rung(Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
