package dev.lifesign.domain.text;

import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.cel.Expressions;
import dev.lifesign.domain.cel.Expressions.Scope;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.CaseAction;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Rung;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.policy.SeverityRule;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Policies with cases, for tests of sentences. */
final class PolicyFacts {

  static final SeverityRule HIGH = new SeverityRule.Fixed(Severity.HIGH);
  private static final SeverityRule BY_VALUE =
      new SeverityRule.ByValue(List.of(2_000L, 10_000L, 50_050L));

  static final Case SILENCE =
      new Case(
          "silence",
          30 * Instants.DAY,
          120 * Instants.DAY,
          "retention",
          "sara",
          OptionalInt.of(2),
          new CaseAction("win-back", "EMAIL", "", ""),
          0.1,
          new Case.Ladder(
              List.of(
                  rung(
                      "at-risk",
                      new Condition.InStatus(Set.of(Status.AT_RISK), Set.of()),
                      BY_VALUE,
                      Optional.empty(),
                      OptionalInt.of(2)),
                  rung(
                      "gone",
                      new Condition.InStatus(
                          Set.of(Status.DORMANT, Status.CHURNED), Set.of(Reason.SILENCE)),
                      HIGH,
                      Optional.of("customer.valueAtStake >= 2000"),
                      OptionalInt.empty()))));

  static final Case COMPLAINT =
      new Case(
          "complaint",
          0,
          60 * Instants.DAY,
          "customer",
          "",
          OptionalInt.empty(),
          CaseAction.NONE,
          0,
          new EventTrigger(
              expression("event.category == 'COMPLAINT'"),
              3,
              30 * Instants.DAY,
              HIGH,
              Optional.of(expression("event.ticketId == alert.subject"))));

  static final Policy POLICY = with(List.of(SILENCE, COMPLAINT));

  private PolicyFacts() {}

  static Expression expression(String text) {
    return Expressions.compile(text, Scope.ENDS_WHEN).expression().orElseThrow();
  }

  static Rung rung(
      String id, Condition when, SeverityRule severity, Optional<String> filter, OptionalInt due) {
    return new Rung(
        id,
        when,
        15 * 60_000L,
        severity,
        filter.map(text -> Expressions.compile(text, Scope.FILTER).expression().orElseThrow()),
        due,
        false);
  }

  /** A case with a rung for each kind of condition. */
  static Case everyCondition() {
    List<Condition> all =
        List.of(
            new Condition.InStatus(Set.of(Status.values()), Set.of()),
            new Condition.InSegment(Set.of("Slipping", "Can't lose", "نزدیکان")),
            new Condition.AliveBelow(0.25),
            new Condition.ActivityBelow(5, OptionalDouble.of(8.5)),
            new Condition.Silent(Condition.Silent.Kind.PURCHASE, 45 * Instants.DAY),
            new Condition.Silent(Condition.Silent.Kind.TRANSACTION, 45 * Instants.DAY),
            new Condition.Silent(Condition.Silent.Kind.ACTIVITY, 36 * Instants.HOUR),
            new Condition.Silent(Condition.Silent.Kind.USE, 2 * Instants.DAY),
            new Condition.RenewalAhead(14 * Instants.DAY),
            new Condition.AnniversaryAhead(0),
            new Condition.AnniversaryAhead(7));
    return new Case(
        "everything",
        Instants.DAY,
        Instants.DAY,
        "",
        "",
        OptionalInt.of(1),
        CaseAction.NONE,
        0,
        new Case.Ladder(
            IntStream.range(0, all.size())
                .mapToObj(
                    i -> rung("r" + i, all.get(i), HIGH, Optional.empty(), OptionalInt.of(11)))
                .toList()));
  }

  static Policy with(List<Case> cases) {
    return with(Facts.SHOP, cases);
  }

  static Policy with(Policy policy, List<Case> cases) {
    return new Policy(
        policy.version(),
        policy.lateness(),
        policy.locale(),
        policy.currency(),
        policy.activity(),
        policy.lifecycle(),
        policy.subscriptions(),
        policy.rfm(),
        policy.model(),
        cases);
  }
}
