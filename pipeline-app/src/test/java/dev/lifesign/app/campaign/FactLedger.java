package dev.lifesign.app.campaign;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.CommandResult;
import dev.lifesign.schema.SegmentChange;
import dev.lifesign.schema.StatusChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * The facts published for each customer up to an instant, in order, without their detection times;
 * answers to commands have theirs, which are the arrivals of the commands. A checksum is chained
 * over each customer's facts, so that a lost, repeated or misplaced fact shows.
 */
final class FactLedger {

  private static final long PRIME = 0x100000001b3L;

  /** Instead of detection times, which depend on the ticks. */
  private static final Instant NO_TIME = Instant.EPOCH;

  private final long until;
  private final Map<String, List<String>> facts = new TreeMap<>();
  private final Map<String, Long> checksums = new TreeMap<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final List<String> gaps = new ArrayList<>();

  FactLedger(long until) {
    this.until = until;
  }

  /** The topics whose facts it takes. */
  static List<String> topics(Topics topics) {
    return List.of(
        topics.statusChanges(),
        topics.churnAlerts(),
        topics.segmentChanges(),
        topics.commandResults());
  }

  /** Reads the committed facts in the topics. */
  static FactLedger read(Connections connections, Topics topics, long until) {
    FactLedger ledger = new FactLedger(until);
    topics(topics).forEach(topic -> connections.readAll(List.of(topic), ledger::add));
    return ledger;
  }

  void add(SpecificRecord fact) {
    if (fact instanceof StatusChange change) {
      if (isIn(change.getEffectiveAt())) {
        add(
            "status " + change.getCustomerId(),
            StatusChange.newBuilder(change).setDetectedAt(NO_TIME).build());
      }
    } else if (fact instanceof ChurnAlert alert) {
      if (isIn(alert.getEffectiveAt())) {
        noteVersion(alert);
        add(
            "alert " + alert.getCustomerId(),
            ChurnAlert.newBuilder(alert).setDetectedAt(NO_TIME).build());
      }
    } else if (fact instanceof SegmentChange change) {
      if (isIn(change.getEffectiveAt())) {
        add(
            "segment " + change.getCustomerId(),
            SegmentChange.newBuilder(change).setDetectedAt(NO_TIME).build());
      }
    } else if (fact instanceof CommandResult answer) {
      // How long topics keep facts about who was erased depends on the deployment.
      add(
          "answer " + answer.getCustomerId(),
          CommandResult.newBuilder(answer).setKept(List.of()).build());
    }
  }

  private boolean isIn(Instant effectiveAt) {
    return effectiveAt.toEpochMilli() <= until;
  }

  /**
   * An alert's versions are 1, 2, 3 and so on. The alerts of a customer who was erased and came
   * back have the same ids again, but not the same beginning.
   */
  private void noteVersion(ChurnAlert alert) {
    String raised = alert.getAlertId() + " raised at " + alert.getRaisedAt();
    int before = versions.getOrDefault(raised, 0);
    if (alert.getVersion() != before + 1) {
      gaps.add("alert %s: version %d after %d".formatted(raised, alert.getVersion(), before));
    }
    versions.put(raised, alert.getVersion());
  }

  /** Where an alert's versions have a gap. */
  List<String> gaps() {
    return gaps;
  }

  private void add(String key, SpecificRecord fact) {
    String row = fact.toString();
    facts.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < row.length(); i++) {
      hash = (hash ^ row.charAt(i)) * PRIME;
    }
    long link = hash;
    checksums.merge(key, link, (chain, next) -> chain * 31 + next);
  }

  int size() {
    return facts.values().stream().mapToInt(List::size).sum();
  }

  /** The number of facts in this ledger that are missing from the other one. */
  long missingFrom(FactLedger other) {
    return facts.entrySet().stream()
        .mapToLong(
            entry -> {
              Set<String> there =
                  new HashSet<>(other.facts.getOrDefault(entry.getKey(), List.of()));
              return entry.getValue().stream().filter(row -> !there.contains(row)).count();
            })
        .sum();
  }

  /** The number of facts published more than once. */
  long twice() {
    return facts.values().stream()
        .mapToLong(rows -> rows.size() - new HashSet<>(rows).size())
        .sum();
  }

  /** The customers whose facts differ; empty if the ledgers are equal. */
  Set<String> differences(FactLedger other) {
    Set<String> keys = new TreeSet<>(facts.keySet());
    keys.addAll(other.facts.keySet());
    keys.removeIf(key -> Objects.equals(checksums.get(key), other.checksums.get(key)));
    return keys;
  }

  /** The facts under a key, for a message. */
  List<String> of(String key) {
    return facts.getOrDefault(key, List.of());
  }
}
