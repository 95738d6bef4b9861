package dev.lifesign.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is told of an alert that someone reopens, whether its cause is there or not. */
class ReopenedEvidenceTest {

  private static final long START = Instants.parse("2024-01-01T00:00:00Z");

  private final Timeline timeline =
      new Timeline(
          Policies.of(
              PolicyReader.read(
                      """
                      version: 1
                      lateness: PT0S
                      cases:
                        - id: a
                          due: 1
                          ladder: [{ id: low, when: { silence: { of: PURCHASE, for: P10D } } }]
                      """)
                  .policy()
                  .orElseThrow()));
  private final List<AlertFact> facts = new ArrayList<>();
  private Optional<Customer> customer = Optional.empty();

  @Test
  void anAlertThatIsReopenedAfterTheCustomerCameBackNamesNoCause() {
    purchase(0);
    asks(11, new Command.Resolve(Outcome.OTHER));
    purchase(12);
    asks(13, new Command.Reopen());
    keep(timeline.advance(customer.orElseThrow(), day(15), day(15)));
    assertThat(told()).containsExactly("RAISED SILENCE", "HANDLED", "REOPENED", "OVERDUE");
  }

  @Test
  void anAlertThatIsReopenedWhileItsRungHoldsNamesTheCause() {
    purchase(0);
    asks(11, new Command.Resolve(Outcome.OTHER));
    asks(13, new Command.Reopen());
    keep(timeline.advance(customer.orElseThrow(), day(15), day(15)));
    assertThat(told())
        .containsExactly("RAISED SILENCE", "HANDLED", "REOPENED SILENCE", "OVERDUE SILENCE");
  }

  private void purchase(int day) {
    keep(
        timeline.apply(
            customer,
            new Purchase(
                "e" + day, "c", day(day), Purchase.Action.PURCHASE, "o", 1, "USD", List.of(), ""),
            day(day)));
  }

  private void asks(int day, Command.Step step) {
    Command.Order order = new Command.OnAlert(AlertId.of("c", "a", 1), OptionalInt.empty(), step);
    keep(
        timeline.apply(
            customer.orElseThrow(), new Command("k" + day, "c", "ann", order), day(day)));
  }

  private void keep(Decision decision) {
    customer = Optional.of(decision.customer());
    facts.addAll(decision.alerts());
  }

  /** The changes, each with what its evidence has as the cause. */
  private List<String> told() {
    return facts.stream().map(fact -> (fact.change() + " " + cause(fact)).strip()).toList();
  }

  private static String cause(AlertFact fact) {
    return fact.evidence().stream()
        .filter(finding -> finding.name().equals("cause"))
        .map(finding -> ((Finding.Word) finding.value()).word())
        .findFirst()
        .orElse("");
  }

  private static long day(int day) {
    return START + day * Instants.DAY;
  }
}
