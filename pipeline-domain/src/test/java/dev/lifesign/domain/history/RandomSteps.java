package dev.lifesign.domain.history;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.time.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Puts commands between the events of a history: right, stale, repeated and impossible ones; and
 * purchases that arrive late. It plays the history to the reference as it goes along, so that most
 * of them are aimed at alerts that are there, at or near an instant that matters to these.
 */
final class RandomSteps {

  private static final int BEFORE_AN_EVENT = 3;
  private static final int AFTER_ALL_EVENTS = 8;
  private static final long[] AHEAD = {
    -1,
    0,
    1,
    Instants.HOUR,
    Instants.HOUR,
    Instants.DAY,
    Instants.DAY,
    5 * Instants.DAY,
    5 * Instants.DAY,
    30 * Instants.DAY,
    90 * Instants.DAY,
    90 * Instants.DAY + 1
  };
  private static final long[] EARLIER = {0, 1, Instants.HOUR, Instants.DAY, 6 * Instants.DAY};

  private final Random random;
  private final long lateness;
  private final Play play;
  private final List<Step> steps = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();

  RandomSteps(Random random, Policies policies) {
    this.random = random;
    this.lateness = policies.newest().policy().lateness();
    this.play = new ReferencePlay(policies);
  }

  /**
   * The events with what was put between and after them.
   *
   * @param arrivals at least one, in order
   */
  List<Step> among(List<Arrival> arrivals, long until) {
    long now = arrivals.get(0).arrivedAt() - 1;
    for (Arrival arrival : arrivals) {
      between(now, arrival.arrivedAt(), random.nextInt(BEFORE_AN_EVENT) / 2);
      add(new Step.Happens(arrival.event(), arrival.arrivedAt()));
      now = arrival.arrivedAt();
    }
    between(now, until, random.nextInt(AFTER_ALL_EVENTS));
    return steps;
  }

  private void add(Step step) {
    step.to(play);
    steps.add(step);
  }

  private void between(long from, long to, int count) {
    long now = from;
    for (int i = 0; i < count && now < to; i++) {
      now += random.nextInt(4) == 0 ? 0 : Math.floorMod(random.nextLong(), to - now);
      play.tick(now);
      Map<String, Told> alerts = lastByCase();
      now = aimed(now, to, alerts);
      List<Told> open = alerts.values().stream().filter(RandomSteps::isOpen).toList();
      boolean corrects = !open.isEmpty() && random.nextInt(6) == 0;
      add(corrects ? late(pick(open), now) : asks(now, alerts));
    }
  }

  private Map<String, Told> lastByCase() {
    Map<String, Told> last = new LinkedHashMap<>();
    play.alerts().forEach(told -> last.put(told.get("case"), told));
    return last;
  }

  private static boolean isOpen(Told told) {
    return !told.get("state").equals("RESOLVED");
  }

  /** An instant at or near which something would happen to an alert, if there is one. */
  private long aimed(long from, long to, Map<String, Told> alerts) {
    List<Long> instants = new ArrayList<>(List.of(from));
    for (Told told : alerts.values()) {
      for (String name : List.of("due", "expires", "snoozed")) {
        if (!told.get(name).isEmpty()) {
          instants.add(instant(told, name) + lateness + random.nextInt(3) - 1);
        }
      }
    }
    instants.removeIf(instant -> instant < from || instant >= to);
    return pick(instants);
  }

  private static long instant(Told told, String name) {
    return Instant.parse(told.get(name)).toEpochMilli();
  }

  /** A purchase from about when an alert was raised. */
  private Step late(Told alert, long at) {
    long occurredAt = Math.min(at, instant(alert, "raised") - pick(EARLIER));
    return new Step.Happens(
        Happening.purchase(random.nextInt(10_000)).as("late-" + steps.size(), occurredAt), at);
  }

  private Step asks(long at, Map<String, Told> alerts) {
    if (commands.isEmpty() || random.nextInt(12) > 0) {
      commands.add(new Command("k" + commands.size(), Story.CUSTOMER, "ann", order(at, alerts)));
      return new Step.Asks(commands.get(commands.size() - 1), at);
    }
    return new Step.Asks(pick(commands), at);
  }

  private Command.Order order(long at, Map<String, Told> alerts) {
    if (random.nextInt(50) == 0) {
      return new Command.Erase();
    }
    if (alerts.isEmpty() || random.nextInt(12) == 0) {
      String id = ReferenceCommands.id(Story.CUSTOMER, pick(RandomCases.IDS), random.nextInt(4));
      return new Command.OnAlert(id, OptionalInt.empty(), step(at));
    }
    Told told = pick(List.copyOf(alerts.values()));
    int number = Integer.parseInt(told.get("number"));
    return new Command.OnAlert(
        ReferenceCommands.id(Story.CUSTOMER, told.get("case"), number),
        seen(Integer.parseInt(told.get("version")), Integer.parseInt(told.get("changed"))),
        told.get("change").equals("HANDLED") && random.nextBoolean()
            ? new Command.Reopen()
            : step(at));
  }

  private OptionalInt seen(int version, int changed) {
    return switch (random.nextInt(8)) {
      case 0 -> OptionalInt.of(version);
      case 1 -> OptionalInt.of(changed);
      case 2 -> OptionalInt.of(changed - 1);
      case 3 -> random.nextInt(3) == 0 ? OptionalInt.of(version + 1) : OptionalInt.empty();
      default -> OptionalInt.empty();
    };
  }

  private Command.Step step(long at) {
    return switch (random.nextInt(9)) {
      case 0 -> new Command.Acknowledge();
      case 1 -> new Command.Assign(pick(List.of("sales", "bob", "bob", "")));
      case 2, 3, 4 -> new Command.Snooze(at + pick(AHEAD));
      case 5, 6 -> new Command.Resolve(pick(List.of(Outcome.values())));
      case 7 -> new Command.Reopen();
      default -> new Command.Note(random.nextInt(4) == 0 ? "" : "called");
    };
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private long pick(long[] all) {
    return all[random.nextInt(all.length)];
  }
}
