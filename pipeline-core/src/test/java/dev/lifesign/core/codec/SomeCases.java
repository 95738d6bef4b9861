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
import dev.lifesign.domain.customer.Answers.Answer;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.customer.RungState.Phase;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.Optional;

/** The cases of the golden customer: every kind of value at least once. */
final class SomeCases {

  private static final long DAY = Instants.DAY;
  private static final long AT = Instants.parse("2024-03-01T10:15:30.123Z");

  private static final AlertState HANDLED =
      new AlertState(
          3,
          new Version(7, 5),
          State.RESOLVED,
          Ending.HANDLED,
          Outcome.SAVED,
          new Place("dormant", 4, Severity.HIGH),
          new Owner("Åsa", true),
          new Origin(AT, Instants.NEVER, "", true, true),
          new Moments(AT + 2 * DAY, true, AT + 120 * DAY, Instants.NEVER, AT + 3 * DAY + 1),
          1);

  private static final AlertState SNOOZED =
      new AlertState(
          1,
          new Version(2, 2),
          State.SNOOZED,
          Ending.NONE,
          Outcome.NONE,
          new Place("", 0, Severity.CRITICAL),
          new Owner("customer", false),
          new Origin(AT, AT - 60_000, "ticket-4711", false, false),
          new Moments(Instants.NEVER, false, Instants.FOREVER, AT + 5 * 60_000, Instants.NEVER),
          4);

  static final CaseBook BOOK =
      new CaseBook(
          List.of(
              new CaseState(
                  "silence",
                  List.of(
                      new RungState(Phase.WAITING, AT, false, Instants.NEVER),
                      RungState.IDLE,
                      new RungState(Phase.IDLE, Instants.NEVER, true, AT - 400 * DAY)),
                  List.of(),
                  Optional.of(HANDLED)),
              new CaseState(
                  "Beschwerde",
                  List.of(),
                  List.of(AT - DAY, AT, AT, AT + 12_345),
                  Optional.of(SNOOZED)),
              new CaseState(
                  "vip-slips",
                  List.of(new RungState(Phase.DWELLING, AT, false, Instants.NEVER)),
                  List.of(),
                  Optional.empty())),
          Answers.NONE
              .with(new Answer(-1, Refusal.NONE, 6))
              .with(new Answer(0x0123456789ABCDEFL, Refusal.STALE, 300)));

  private SomeCases() {}
}
