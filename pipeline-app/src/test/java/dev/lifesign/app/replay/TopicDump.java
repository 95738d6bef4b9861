package dev.lifesign.app.replay;

import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.core.codec.EventCodec;
import dev.lifesign.core.contract.Topics;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.history.Arrival;
import dev.lifesign.lab.replay.HistoryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/** Writes the committed events of all input topics to a file for a replay. */
final class TopicDump {

  private TopicDump() {}

  /** Writes the events by arrival, and those with equal arrivals in the given order. */
  static Path write(Sandbox sandbox, Path file, Comparator<Event> ofOneArrival) {
    Serde<SpecificRecord> serde = sandbox.connections.serdes().create();
    List<Arrival> all = new ArrayList<>();
    sandbox.connections.readRecords(
        Topics.STANDARD.inputs(),
        record ->
            all.add(
                new Arrival(
                    EventCodec.decode(
                        serde.deserializer().deserialize(record.topic(), record.value())),
                    record.timestamp())));
    all.sort(
        Comparator.comparingLong(Arrival::arrivedAt).thenComparing(Arrival::event, ofOneArrival));
    try {
      return Files.write(file, all.stream().map(HistoryFile::line).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
