package dev.lifesign.app.fit;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.Connections;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.policy.Currencies;
import dev.lifesign.core.streams.codec.EventCodec;
import dev.lifesign.core.time.Instants;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** The history that the topic of purchases holds. */
public final class TopicHistory {

  private TopicHistory() {}

  /**
   * Reads the topic as far as it goes now. What the pipeline would not accept is left out.
   *
   * @param read is told of each record
   */
  public static History read(
      Connections connections, Settings settings, Currencies currencies, Runnable read) {
    HistoryReader reader = new HistoryReader(currencies, Instants.FOREVER);
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
              reader.take(event, Math.max(record.timestamp(), Instants.startOf(0)));
            }
          } catch (SerializationException | IllegalArgumentException notAccepted) {
            // The pipeline has it among its dead letters.
          }
        });
    return reader.history();
  }
}
