package dev.lifesign.core.task;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.scoring.SegmentChange;
import dev.lifesign.domain.time.Instants;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The attributes of facts as CloudEvents 1.0 in the binary content mode of its Kafka binding:
 * headers beside a value that stays as it is. An id is a function of the fact, so that a fact that
 * is published again has the same one.
 */
final class CloudEvents {

  private static final Header VERSION = header("ce_specversion", "1.0");
  private static final Header CONTENT = header("content-type", "application/avro");
  private static final Header STATUS = type("status.changed");
  private static final Header SEGMENT = type("segment.changed");
  private static final Header ANSWER = type("command.answered");
  private static final Header REJECTION = type("record.rejected");
  private static final Map<AlertChange, Header> ALERTS = new EnumMap<>(AlertChange.class);

  static {
    for (AlertChange change : AlertChange.values()) {
      ALERTS.put(change, type("alert." + change.name().toLowerCase(Locale.ROOT)));
    }
  }

  private final Header source;

  /**
   * The attributes of the facts of an application.
   *
   * @param applicationId the source
   */
  CloudEvents(String applicationId) {
    this.source = header("ce_source", applicationId);
  }

  Headers of(StatusChange change, byte[] customer) {
    return headers(
        STATUS,
        change.customerId() + "/" + change.sequence() + "/" + change.effectiveAt(),
        change.effectiveAt(),
        customer);
  }

  Headers of(AlertFact fact, byte[] customer) {
    long at = fact.detection().effectiveAt();
    return headers(
        ALERTS.get(fact.change()),
        fact.alertId() + "/" + fact.alert().version().current() + "/" + at,
        at,
        customer);
  }

  Headers of(SegmentChange change, byte[] customer) {
    return headers(
        SEGMENT,
        "%s/%s/%d/%d"
            .formatted(change.customerId(), change.to(), change.effectiveAt(), change.detectedAt()),
        change.effectiveAt(),
        customer);
  }

  /** The attributes of an answer; a command that is repeated gets another one. */
  Headers ofAnswer(String commandId, String customerId, long arrivedAt, byte[] customer) {
    return headers(ANSWER, customerId + "/" + commandId + "/" + arrivedAt, arrivedAt, customer);
  }

  /** The attributes of a dead letter; its subject is the place of the rejected record. */
  Headers ofRejection(String place, long arrivedAt) {
    return headers(REJECTION, place, arrivedAt, place.getBytes(StandardCharsets.UTF_8));
  }

  private Headers headers(Header type, String id, long at, byte[] subject) {
    return new RecordHeaders(
        new Header[] {
          VERSION,
          header("ce_id", id),
          type,
          source,
          header("ce_time", Instants.format(at)),
          new RecordHeader("ce_subject", subject),
          CONTENT
        });
  }

  private static Header type(String name) {
    return header("ce_type", "dev.lifesign." + name);
  }

  private static Header header(String key, String value) {
    return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
  }
}
