package dev.lifesign.app.campaign;

import dev.lifesign.core.codec.CommandCodec;
import dev.lifesign.core.codec.FactCodec;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Step;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** A timeline that nothing disturbs: what a pipeline should publish, whatever is done to it. */
final class Undisturbed {

  /** For how long events of an erased customer are dropped, by default. */
  private static final long ERASED_FOR = 30 * Instants.DAY;

  private final Timeline timeline;
  private final Consumer<SpecificRecord> facts;
  private final Map<String, Customer> customers = new HashMap<>();
  private final Map<String, Erasure> erased = new HashMap<>();

  private record Erasure(long at, String commandId) {}

  /**
   * No customers yet.
   *
   * @param facts receives what a pipeline would publish
   */
  Undisturbed(Policy policy, Consumer<SpecificRecord> facts) {
    this.timeline = new Timeline(Policies.of(policy));
    this.facts = facts;
  }

  void event(Arrival arrival) {
    String id = arrival.event().customerId();
    Erasure erasure = erased.get(id);
    if (erasure == null || arrival.arrivedAt() >= erasure.at() + ERASED_FOR) {
      Optional<Customer> known = Optional.ofNullable(customers.get(id));
      note(
          timeline.apply(
              known, Acceptance.settle(arrival.event(), arrival.arrivedAt()), arrival.arrivedAt()));
    }
  }

  void command(Step.Asks asks) {
    String id = asks.command().customerId();
    Erasure erasure = erased.get(id);
    if (!customers.containsKey(id)
        && erasure != null
        && erasure.commandId().equals(asks.command().commandId())) {
      answer(new CommandResult(asks.command(), Refusal.NONE, 0), asks.at());
      return;
    }
    Optional<Decision> decision =
        Optional.ofNullable(customers.get(id))
            .map(known -> timeline.apply(known, asks.command(), asks.at()));
    decision.ifPresent(this::note);
    Optional<Decision.Commanded> commanded = decision.flatMap(Decision::command);
    if (commanded.map(Decision.Commanded::erased).orElse(false)) {
      customers.remove(id);
      erased.put(id, new Erasure(asks.at(), asks.command().commandId()));
    }
    answer(
        commanded
            .map(Decision.Commanded::result)
            .orElseGet(() -> CommandResult.unknownCustomer(asks.command())),
        asks.at());
  }

  private void answer(CommandResult result, long at) {
    facts.accept(CommandCodec.encode(result, at, OptionalLong.empty(), Map.of()));
  }

  /** Takes the deadlines of all customers up to and including an instant. */
  void advance(long until) {
    for (Customer customer : List.copyOf(customers.values())) {
      note(timeline.advance(customer, until + 1, until));
    }
  }

  /** A customer as it would be at an instant if nothing else arrived. */
  Optional<Customer> at(String id, long instant) {
    return Optional.ofNullable(customers.get(id))
        .map(known -> timeline.advance(known, timeline.horizon(instant), instant).customer());
  }

  Map<String, Customer> customers() {
    return customers;
  }

  private void note(Decision outcome) {
    customers.put(outcome.customer().id(), outcome.customer());
    outcome.statusChanges().forEach(change -> facts.accept(FactCodec.encode(change)));
    outcome.alerts().forEach(alert -> facts.accept(FactCodec.encode(alert)));
    outcome.segmentChanges().forEach(change -> facts.accept(FactCodec.encode(change)));
  }
}
