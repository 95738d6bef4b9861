package dev.lifesign.app.alert;

import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.lab.UserError;
import dev.lifesign.schema.ChurnAlert;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The alerts of an application, read from their topic: the facts now in it, folded by alert. That
 * takes as long as reading the topic, since there is no index of alerts.
 */
public final class AlertLog {

  /** What is due first comes first, then what was raised first. */
  private static final Comparator<ChurnAlert> URGENT =
      Comparator.comparing(ChurnAlert::getDueAt, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(ChurnAlert::getRaisedAt)
          .thenComparing(ChurnAlert::getAlertId);

  private final Connections connections;
  private final String topic;
  private final LongConsumer total;
  private final Runnable step;

  /**
   * The alerts of an application.
   *
   * @param total receives the number of records to read
   * @param step called for each record read
   */
  public AlertLog(Connections connections, Topics topics, LongConsumer total, Runnable step) {
    this.connections = connections;
    this.topic = topics.churnAlerts();
    this.total = total;
    this.step = step;
  }

  /** The newest fact of each selected alert, the most urgent first. */
  public List<ChurnAlert> newest(AlertFilter filter) {
    Map<String, ChurnAlert> newest = new HashMap<>();
    read(
        filter.customer(),
        alert -> {
          if (filter.mayTake(alert)) {
            newest.merge(alert.getAlertId(), alert, AlertLog::newer);
          }
        });
    return newest.values().stream().filter(filter::takes).sorted(URGENT).toList();
  }

  /**
   * The facts of an alert, in order; none if there is no such alert.
   *
   * @param customer its customer, if known; then only one partition is read
   */
  public List<ChurnAlert> history(String alertId, Optional<String> customer) {
    List<ChurnAlert> facts = new ArrayList<>();
    read(
        customer,
        alert -> {
          if (alert.getAlertId().equals(alertId)) {
            facts.add(alert);
          }
        });
    return facts;
  }

  /**
   * The newer of two facts of an alert. Versions begin anew where a customer was erased and came
   * back, so they are compared only within what was raised at one instant.
   */
  private static ChurnAlert newer(ChurnAlert known, ChurnAlert read) {
    boolean isOlder =
        read.getRaisedAt().equals(known.getRaisedAt()) && read.getVersion() < known.getVersion();
    return isOlder ? known : read;
  }

  private void read(Optional<String> customer, Consumer<ChurnAlert> alerts) {
    Deserializer<SpecificRecord> deserializer = connections.serdes().create().deserializer();
    connections.readRecords(
        topic,
        customer.map(id -> id.getBytes(StandardCharsets.UTF_8)),
        total,
        record -> {
          step.run();
          if (!(deserializer.deserialize(topic, record.value()) instanceof ChurnAlert alert)) {
            throw new UserError(
                "%s has a record that is not an alert; check topics.outputPrefix".formatted(topic));
          }
          // Builds that knew no cases wrote no versions.
          if (alert.getVersion() > 0) {
            alerts.accept(alert);
          }
        });
  }
}
