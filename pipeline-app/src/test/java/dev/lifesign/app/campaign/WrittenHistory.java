package dev.lifesign.app.campaign;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.history.Step;
import dev.lifesign.domain.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;

/** Generated histories, written to topics with their arrivals, and the facts expected for them. */
final class WrittenHistory {

  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<Step.Asks> commands = new ArrayList<>();

  /**
   * Generates histories of customers, which arrive by an instant.
   *
   * @param views the number of page views after each event
   */
  WrittenHistory(long seed, int customers, int maxEvents, int views, long until) {
    for (int i = 0; i < customers; i++) {
      List<Arrival> history = Histories.of(seed * 1_000_003 + i, "c%06d".formatted(i), maxEvents);
      for (int j = 0; j < history.size(); j++) {
        if (history.get(j).arrivedAt() < until) {
          arrivals.add(history.get(j));
          long next = j + 1 < history.size() ? history.get(j + 1).arrivedAt() : until;
          addViews(history.get(j), views, next);
        }
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::arrivedAt));
  }

  /**
   * Adds page views after an event where there is time, since most actions of a customer change
   * little.
   */
  private void addViews(Arrival after, int views, long next) {
    String customer = after.event().customerId();
    for (int i = 1; i <= views && after.arrivedAt() + i < next; i++) {
      long at = after.arrivedAt() + i;
      arrivals.add(
          new Arrival(
              new Contact(
                  customer + "-view-" + at,
                  customer,
                  at,
                  Contact.Action.VIEWED,
                  Contact.Channel.WEB),
              at));
    }
  }

  /**
   * Adds commands about the alerts under a policy.
   *
   * @param until before which they arrive
   */
  WrittenHistory withCommands(Policy policy, long until, long seed) {
    commands.addAll(WrittenCommands.about(arrivals, policy, until, seed));
    return this;
  }

  List<Arrival> arrivals() {
    return arrivals;
  }

  /** The commands, in order of arrival. */
  List<Step.Asks> commands() {
    return commands;
  }

  /** Writes the histories to their own input topics. */
  Inputs write(Connections connections, Topics topics, int partitions) {
    return write(connections, topics, partitions, (last, key) -> Optional.empty());
  }

  /**
   * Writes the histories to their own input topics, together with other values.
   *
   * @param others returns, for the value last written and the next key, the values to write before
   *     it
   */
  Inputs write(
      Connections connections,
      Topics topics,
      int partitions,
      BiFunction<byte[], byte[], Optional<byte[]>> others) {
    return Inputs.write(connections, topics, partitions, this, Set.of(), new Random(0), others);
  }

  /** Every customer at an instant, according to an undisturbed timeline. */
  Map<String, Customer> customers(Policy policy, long until) {
    Undisturbed undisturbed = new Undisturbed(policy, fact -> {});
    play(undisturbed, until);
    return undisturbed.customers();
  }

  /** The facts of an undisturbed timeline up to and including an instant. */
  FactLedger expected(Policy policy, long until) {
    FactLedger ledger = new FactLedger(until);
    play(new Undisturbed(policy, ledger::add), until);
    return ledger;
  }

  private void play(Undisturbed undisturbed, long until) {
    int next = 0;
    for (Arrival arrival : arrivals) {
      while (next < commands.size() && commands.get(next).at() < arrival.arrivedAt()) {
        undisturbed.command(commands.get(next++));
      }
      undisturbed.event(arrival);
    }
    commands.subList(next, commands.size()).forEach(undisturbed::command);
    undisturbed.advance(until);
  }
}
