package dev.lifesign.app.campaign;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/**
 * The facts published for each customer up to an instant, in order, without their detection times.
 * A checksum is chained over each customer's facts, so that a lost, repeated or misplaced fact
 * shows.
 */
final class FactLedger {

  private static final long PRIME = 0x100000001b3L;

  private final long until;
  private final Map<String, List<String>> facts = new TreeMap<>();
  private final Map<String, Long> checksums = new TreeMap<>();

  FactLedger(long until) {
    this.until = until;
  }

  /** Reads the committed facts in the topics. */
  static FactLedger read(Connections connections, Topics topics, long until) {
    FactLedger ledger = new FactLedger(until);
    connections.readAll(List.of(topics.statusChanges()), ledger::add);
    connections.readAll(List.of(topics.churnAlerts()), ledger::add);
    return ledger;
  }

  void add(SpecificRecord fact) {
    if (fact instanceof StatusChange change) {
      if (change.getEffectiveAt().toEpochMilli() <= until) {
        add("status " + change.getCustomerId(), row(change));
      }
    } else if (fact instanceof ChurnAlert alert) {
      long at =
          alert.getResolvedAt() == null
              ? alert.getRaisedAt().toEpochMilli()
              : alert.getResolvedAt().toEpochMilli();
      if (at <= until) {
        ChurnAlert timeless =
            ChurnAlert.newBuilder(alert).setDetectedAt(alert.getRaisedAt()).build();
        add("alert " + alert.getCustomerId(), timeless.toString());
      }
    }
  }

  private static String row(StatusChange change) {
    return StatusChange.newBuilder(change)
        .setDetectedAt(change.getEffectiveAt())
        .build()
        .toString();
  }

  private void add(String key, String row) {
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
