package dev.lifesign.app.replay;

import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Lines of a file of commands about alerts that a replay without commands raised: right, stale,
 * repeated and impossible ones. Many arrive together with each other or with an event of their
 * customer.
 */
final class RandomCommandsFile {

  private static final int ONE_IN = 3;
  private static final int ERASED_ONE_IN = 60;

  /** A line of the file. */
  private record Timed(long at, String line) {}

  private final Random random;
  private final List<Timed> lines = new ArrayList<>();
  private final Map<String, String> lastOf = new HashMap<>();

  RandomCommandsFile(long seed) {
    this.random = new Random(seed);
  }

  /**
   * The lines.
   *
   * @param changes the lines of alert-changes.csv
   * @param events the events of the replay
   */
  List<String> about(List<String> changes, List<Arrival> events) {
    for (String change : changes.subList(1, changes.size())) {
      String[] cells = change.split(",", -1);
      if (random.nextInt(ONE_IN) == 0) {
        long found = Instants.parse(cells[cells.length - 1]);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
          add(cells[0], cells[1], Integer.parseInt(cells[2]), near(cells[0], found, events));
        }
      }
    }
    add("nobody", "silence", 1, lines.get(0).at());
    lines.sort(Comparator.comparingLong(Timed::at));
    return lines.stream().map(Timed::line).toList();
  }

  /** Soon after an instant, or together with the customer's next event. */
  private long near(String customer, long instant, List<Arrival> events) {
    List<Long> next =
        events.stream()
            .filter(each -> each.event().customerId().equals(customer))
            .map(Arrival::arrivedAt)
            .filter(at -> at >= instant)
            .limit(1)
            .toList();
    return switch (random.nextInt(3)) {
      case 0 -> next.isEmpty() ? instant : next.get(0);
      case 1 -> instant;
      default -> instant + Math.floorMod(random.nextLong(), 10 * Instants.DAY);
    };
  }

  private void add(String customer, String caseId, int number, long at) {
    boolean repeats = lastOf.containsKey(customer) && random.nextInt(8) == 0;
    String id = repeats ? lastOf.get(customer) : "k" + lines.size();
    lastOf.put(customer, id);
    String head =
        "{\"commandId\":\"%s\",\"customerId\":\"%s\",\"at\":\"%s\",\"by\":\"ann\","
            .formatted(id, customer, Instants.format(at));
    if (random.nextInt(ERASED_ONE_IN) == 0) {
      lines.add(new Timed(at, head + "\"action\":\"ERASE\"}"));
      return;
    }
    int about = random.nextInt(10) == 0 ? number + 1 : number;
    lines.add(
        new Timed(
            at,
            head
                + "\"case\":\"%s\",\"number\":%d,".formatted(caseId, about)
                + seen()
                + action(at)
                + "}"));
  }

  private String seen() {
    return random.nextInt(3) > 0 ? "" : "\"seenVersion\":%d,".formatted(1 + random.nextInt(4));
  }

  private String action(long at) {
    return switch (random.nextInt(8)) {
      case 0 -> "\"action\":\"ACKNOWLEDGE\"";
      case 1 -> "\"action\":\"ASSIGN\",\"owner\":\"olga\"";
      case 2, 3 ->
          "\"action\":\"SNOOZE\",\"until\":\"%s\""
              .formatted(Instants.format(at + (random.nextInt(40) - 1) * Instants.DAY));
      case 4, 5 ->
          "\"action\":\"RESOLVE\"" + (random.nextInt(4) == 0 ? "" : ",\"outcome\":\"SAVED\"");
      case 6 -> "\"action\":\"REOPEN\"";
      default -> "\"action\":\"NOTE\",\"note\":\"called\"";
    };
  }
}
