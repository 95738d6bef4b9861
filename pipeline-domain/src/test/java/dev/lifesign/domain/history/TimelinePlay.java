package dev.lifesign.domain.history;

import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The timeline with its customer and the facts that it told. */
public final class TimelinePlay implements Play {

  private final Timeline timeline;
  private final List<StatusChange> changes = new ArrayList<>();
  private final List<AlertFact> facts = new ArrayList<>();
  private final List<ReferenceCommands.Answer> answers = new ArrayList<>();
  private Optional<Customer> customer = Optional.empty();

  public TimelinePlay(Policies policies) {
    this.timeline = new Timeline(policies);
  }

  @Override
  public void event(Event event, long arrivedAt) {
    keep(timeline.apply(customer, Acceptance.settle(event, arrivedAt), arrivedAt));
  }

  @Override
  public void command(Command command, long arrivedAt) {
    if (customer.isEmpty()) {
      answer(CommandResult.unknownCustomer(command));
      return;
    }
    Decision decision = timeline.apply(customer.get(), command, arrivedAt);
    keep(decision);
    answer(decision.command().get().result());
    if (decision.command().get().erased()) {
      customer = Optional.empty();
    }
  }

  private void answer(CommandResult result) {
    answers.add(
        new ReferenceCommands.Answer(
            result.command().commandId(),
            result.refusal() == Refusal.NONE ? "" : result.refusal().name(),
            result.version()));
  }

  @Override
  public void tick(long at) {
    advance(timeline.horizon(at), at);
  }

  @Override
  public void advance(long until, long detectedAt) {
    customer.ifPresent(known -> keep(timeline.advance(known, until, detectedAt)));
  }

  private void keep(Decision decision) {
    customer = Optional.of(decision.customer());
    changes.addAll(decision.statusChanges());
    facts.addAll(decision.alerts());
  }

  @Override
  public List<Reference.Row> rows() {
    return changes.stream()
        .map(
            change ->
                new Reference.Row(
                    change.sequence(),
                    change.from().map(Enum::name).orElse(""),
                    change.to().status().name(),
                    change.to().reason().label(),
                    change.late(),
                    change.effectiveAt()))
        .toList();
  }

  @Override
  public List<Told> alerts() {
    return facts.stream().map(TimelinePlay::told).toList();
  }

  @Override
  public List<ReferenceCommands.Answer> answers() {
    return answers;
  }

  private static Told told(AlertFact fact) {
    AlertState alert = fact.alert();
    return new Told.Writer()
        .at("at", fact.detection().effectiveAt())
        .with("case", fact.caseId())
        .with("number", alert.number())
        .with("version", alert.version().current())
        .with("change", fact.change())
        .with("clearedBy", fact.clearedBy())
        .with("rung", alert.place().rung())
        .with("severity", alert.place().severity())
        .with("state", alert.state())
        .with("owner", alert.owner().name())
        .with("held", alert.owner().held())
        .at("due", alert.moments().dueAt())
        .with("overdue", alert.moments().overdue())
        .at("expires", alert.moments().expiresAt())
        .at("snoozed", alert.moments().snoozedUntil())
        .at("ended", alert.endedAt())
        .at("raised", alert.origin().raisedAt())
        .with("subject", alert.origin().subject())
        .with("muted", alert.origin().muted())
        .with("notify", fact.notifies())
        .with("late", fact.detection().late())
        .with("count", alert.count())
        .with("changed", alert.version().changed())
        .with("previous", previous(fact))
        .with("by", fact.order().by())
        .with("outcome", outcome(fact))
        .with("note", fact.order().note())
        .with("status", fact.background().status().status())
        .with("reason", fact.background().status().reason().label())
        .with("policy", fact.background().policy().version())
        .with("customer", fact.customerId())
        .at("detected", fact.detection().detectedAt())
        .told(fact.background().valueAtStake());
  }

  private static String outcome(AlertFact fact) {
    AlertState.Outcome outcome = fact.order().outcome();
    return outcome == AlertState.Outcome.NONE ? "" : outcome.name();
  }

  private static Object previous(AlertFact fact) {
    int before = fact.alert().number() - 1;
    return fact.previous()
        .map(
            id ->
                id.equals(ReferenceCommands.id(fact.customerId(), fact.caseId(), before))
                    ? before
                    : id)
        .map(Object.class::cast)
        .orElse("");
  }
}
