package dev.lifesign.app.runtime;

import dev.lifesign.app.config.Settings;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.fit.History;
import dev.lifesign.lab.fit.HistoryReader;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the purchase history in the topic of purchases. */
public final class TopicHistory {

  private TopicHistory() {}

  /**
   * Reads the topic up to its current end. Records that the pipeline would reject are left out.
   *
   * @param policy whose calendar and currencies apply
   * @param read called for each record
   */
  public static History read(
      Connections connections, Settings settings, Policy policy, Runnable read) {
    HistoryReader reader = new HistoryReader(policy, Instants.FOREVER);
    Deserializer<SpecificRecord> deserializer = connections.serdes().create().deserializer();
    connections.readRecords(
        List.of(settings.topics().names().of(Family.PURCHASE)),
        record -> {
          read.run();
          if (record.value() == null) {
            return;
          }
          try {
            Event event =
                EventCodec.decode(deserializer.deserialize(record.topic(), record.value()));
            if (event instanceof Purchase) {
              reader.take(event, Math.max(record.timestamp(), 0));
            }
          } catch (SerializationException | IllegalArgumentException notAccepted) {
            // The pipeline publishes it as a dead letter.
          }
        });
    return reader.end();
  }
}
