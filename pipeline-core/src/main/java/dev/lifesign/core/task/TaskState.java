package dev.lifesign.core.task;

import dev.lifesign.core.codec.StoredCustomer;
import dev.lifesign.core.contract.Names;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.population.PopulationStore;
import dev.lifesign.core.store.CustomerStore;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.scoring.PopulationMember;
import dev.lifesign.domain.timeline.Decision;
import dev.lifesign.domain.timeline.Timeline;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The state of a partition's task: its stores, the current timeline and the last tick. Decisions
 * about customers are stored and published only here.
 */
final class TaskState {

  final int partition;
  final CustomerStore customers;
  final PolicyStore policies;
  final CutStore cuts;
  final TaskMarks marks;
  final PopulationStore population;
  final Erasures erasures;
  final FactSink facts;

  private Timeline timeline;
  private long lastTick;

  TaskState(ProcessorContext<byte[], Object> context, PipelineOptions options, FactSink facts) {
    this.partition = context.taskId().partition();
    this.customers = new CustomerStore(context.getStateStore(Names.CUSTOMERS));
    KeyValueStore<Bytes, byte[]> control = context.getStateStore(Names.CONTROL_STATE);
    this.policies = new PolicyStore(control, options.firstPolicy());
    this.cuts = new CutStore(control);
    this.marks = new TaskMarks(control);
    this.population =
        new PopulationStore(
            context.getStateStore(Names.POPULATION), context.getStateStore(Names.COMMIT_NOTICE));
    this.erasures = new Erasures(control, options.erasing().dropsFor());
    this.facts = facts;
    this.lastTick = customers.lastTick();
    refreshTimeline();
  }

  Timeline timeline() {
    return timeline;
  }

  /** Updates the timeline after a change of policies or cut points. */
  void refreshTimeline() {
    timeline = new Timeline(policies.policies(), cuts.cuts());
  }

  /** The last tick that was read; NEVER if there was none. */
  long lastTick() {
    return lastTick;
  }

  /** Stores a tick that is later than the last one. */
  void tick(long at) {
    lastTick = at;
    customers.tick(at);
  }

  /**
   * Stores a decision and publishes its facts.
   *
   * @param known the customer as stored
   * @param timestamp the timestamp of the records: the arrival or the tick that caused the decision
   */
  void apply(Optional<StoredCustomer> known, Decision decision, long timestamp) {
    Customer now = decision.customer();
    Optional<Customer> before = known.map(StoredCustomer::customer);
    if (before.isEmpty() || !isCountedAsBefore(before.get(), now)) {
      population.replace(before.flatMap(this::member), member(now));
    }
    customers.put(known, now, decision.statusChanges(), timeline.nextTouch(now));
    facts.tell(decision, timeline, timestamp);
  }

  /**
   * Forgets a customer, after the facts about its end were published.
   *
   * @param known the customer as stored
   * @param proof the command that erased it
   * @param timestamp the timestamp of the records: the arrival of the command
   */
  void erase(StoredCustomer known, Decision decision, Erasures.Proof proof, long timestamp) {
    facts.tellLast(decision, timestamp);
    population.replace(member(known.customer()), Optional.empty());
    customers.erase(known);
    marks.forget(known.customer().id());
    erasures.add(known.customer().id(), proof);
  }

  private boolean isCountedAsBefore(Customer before, Customer now) {
    return PopulationMember.isSame(before, now, timeline.policyOf(now).days());
  }

  private Optional<PopulationMember> member(Customer customer) {
    return PopulationMember.of(customer, timeline.policyOf(customer));
  }
}
