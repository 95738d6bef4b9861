package dev.lifesign.app.campaign;

import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Step;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Random commands about the alerts of histories: right, stale, impossible and repeated ones, some
 * for unknown customers, and a few erasures. No command shares its arrival with an event of its
 * customer, since the order of these is not determined.
 */
final class WrittenCommands {

  private static final int ONE_IN = 6;
  private static final int ERASED_ONE_IN = 200;

  private final Policy policy;
  private final Random random;
  private final Undisturbed play;
  private final Map<String, List<Command>> earlier = new HashMap<>();
  private final List<Step.Asks> all = new ArrayList<>();

  private WrittenCommands(Policy policy, long seed) {
    this.policy = policy;
    this.random = new Random(seed);
    this.play = new Undisturbed(policy, fact -> {});
  }

  /**
   * Commands in order of arrival.
   *
   * @param arrivals what happens, in order of arrival
   * @param until before which the commands arrive
   */
  static List<Step.Asks> about(List<Arrival> arrivals, Policy policy, long until, long seed) {
    WrittenCommands commands = new WrittenCommands(policy, seed);
    long[] next = next(arrivals, until);
    for (int i = 0; i < arrivals.size(); i++) {
      commands.after(arrivals.get(i), next[i]);
    }
    commands.all.sort(Comparator.comparingLong(Step.Asks::at));
    return commands.all;
  }

  /** When the next event of the same customer arrives, for each; or the end. */
  private static long[] next(List<Arrival> arrivals, long until) {
    Map<String, Long> later = new HashMap<>();
    long[] next = new long[arrivals.size()];
    for (int i = arrivals.size() - 1; i >= 0; i--) {
      Arrival arrival = arrivals.get(i);
      Long then = later.put(arrival.event().customerId(), arrival.arrivedAt());
      next[i] = then == null ? until : then;
    }
    return next;
  }

  private void after(Arrival arrival, long next) {
    play.event(arrival);
    long gap = next - arrival.arrivedAt() - 1;
    if (gap > Instants.HOUR && random.nextInt(ONE_IN) == 0) {
      long at = arrival.arrivedAt() + 1 + Math.floorMod(random.nextLong(), gap);
      Step.Asks asks = new Step.Asks(command(arrival.event().customerId(), at), at);
      all.add(asks);
      play.command(asks);
    }
  }

  private Command command(String customer, long at) {
    if (random.nextInt(20) == 0) {
      String nobody = customer + "-nobody";
      return new Command("k" + all.size(), nobody, "ann", order(nobody, at));
    }
    List<Command> before = earlier.computeIfAbsent(customer, any -> new ArrayList<>());
    if (!before.isEmpty() && random.nextInt(6) == 0) {
      return before.get(random.nextInt(before.size()));
    }
    Command command = new Command("k" + all.size(), customer, "ann", order(customer, at));
    before.add(command);
    return command;
  }

  private Command.Order order(String customer, long at) {
    if (random.nextInt(ERASED_ONE_IN) == 0) {
      return new Command.Erase();
    }
    List<CaseState> known =
        play.at(customer, at).map(WrittenCommands::withAlerts).orElse(List.of());
    if (known.isEmpty() || random.nextInt(10) == 0) {
      String caseId = policy.cases().get(random.nextInt(policy.cases().size())).id();
      int number = 1 + random.nextInt(3);
      return new Command.OnAlert(
          AlertId.of(customer, caseId, number), OptionalInt.empty(), step(at));
    }
    CaseState about = known.get(random.nextInt(known.size()));
    AlertState alert = about.alert().orElseThrow();
    return new Command.OnAlert(
        AlertId.of(customer, about.caseId(), alert.number()),
        seen(alert.version().current()),
        step(at));
  }

  private static List<CaseState> withAlerts(Customer customer) {
    List<CaseState> known = customer.verdict().cases().cases();
    List<CaseState> open = known.stream().filter(each -> each.open().isPresent()).toList();
    return open.isEmpty() ? known.stream().filter(each -> each.alert().isPresent()).toList() : open;
  }

  /** The version now, one before it, one after it, or none. */
  private OptionalInt seen(int version) {
    return switch (random.nextInt(8)) {
      case 0 -> OptionalInt.of(Math.max(1, version - 1));
      case 1 -> OptionalInt.of(version + 1);
      case 2, 3, 4 -> OptionalInt.of(version);
      default -> OptionalInt.empty();
    };
  }

  private Command.Step step(long at) {
    return switch (random.nextInt(9)) {
      case 0, 1 -> new Command.Acknowledge();
      case 2 -> new Command.Assign(random.nextInt(5) == 0 ? "" : "olga");
      case 3, 4 -> new Command.Snooze(at + random.nextInt(100) * Instants.DAY);
      case 5 -> new Command.Reopen();
      case 6 -> new Command.Note("called");
      default -> new Command.Resolve(Outcome.values()[random.nextInt(Outcome.values().length)]);
    };
  }
}
