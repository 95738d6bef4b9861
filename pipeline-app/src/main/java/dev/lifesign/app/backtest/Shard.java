package dev.lifesign.app.backtest;

import dev.lifesign.app.UserError;
import dev.lifesign.app.file.Line;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Some of a history's customers, with all that they did in a file. For one thread at a time. */
final class Shard {

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final OutputStream file;
  private final BinaryEncoder encoder;

  /** By customer id: how many customers came before. */
  private final Map<String, Integer> numbers = new HashMap<>();

  private final List<String> customers = new ArrayList<>();

  /**
   * What a customer did.
   *
   * @param event accepted and settled
   * @param arrivedAt distinct for each event of the customer, and ascending
   */
  record Arrived(Event event, long arrivedAt) {}

  /**
   * An event and its arrival, as the file has it.
   *
   * @param line the line's number
   */
  private record Told(long line, long arrivedAt, Event event) {

    static int inOrder(Told one, Told other) {
      int byArrival = Long.compare(one.arrivedAt, other.arrivedAt);
      return byArrival != 0 ? byArrival : Long.compare(one.line, other.line);
    }
  }

  /** Nobody yet. */
  Shard(Path path) {
    this.path = path;
    try {
      file = new BufferedOutputStream(Files.newOutputStream(path), BUFFER);
    } catch (IOException e) {
      throw failed(e);
    }
    encoder = EncoderFactory.get().directBinaryEncoder(file, null);
  }

  /** Adds a line that is an event. */
  void add(Line line, Event event) {
    Integer number = numbers.putIfAbsent(event.customerId(), customers.size());
    if (number == null) {
      number = customers.size();
      customers.add(event.customerId());
    }
    try {
      encoder.writeInt(number);
      encoder.writeLong(line.number());
      encoder.writeLong(line.arrivedAt());
      EventBytes.write(event, encoder);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Nothing more is added. */
  void finish() {
    try {
      encoder.flush();
      file.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * The customers in the order of their places, each with what it did that is accepted, in the
   * order of arrival.
   */
  List<List<Arrived>> customers() {
    List<List<Told>> told = new ArrayList<>(customers.size());
    customers.forEach(any -> told.add(new ArrayList<>()));
    try {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(Files.readAllBytes(path), null);
      while (!decoder.isEnd()) {
        int number = decoder.readInt();
        long line = decoder.readLong();
        long arrivedAt = decoder.readLong();
        Event event = EventBytes.read(customers.get(number), decoder);
        told.get(number).add(new Told(line, arrivedAt, event));
      }
    } catch (IOException e) {
      throw failed(e);
    }
    record Placed(long place, String customer, List<Told> told) {}

    return IntStream.range(0, told.size())
        .mapToObj(i -> new Placed(Shards.place(customers.get(i)), customers.get(i), told.get(i)))
        .sorted(
            Comparator.comparingLong((Placed each) -> each.place() + Long.MIN_VALUE)
                .thenComparing(Placed::customer))
        .map(each -> accepted(each.told()))
        .toList();
  }

  /**
   * By arrival, then by line; equal arrivals of a customer a millisecond apart (semantics, Time).
   */
  private static List<Arrived> accepted(List<Told> told) {
    told.sort(Told::inOrder);
    List<Arrived> accepted = new ArrayList<>(told.size());
    long last = Long.MIN_VALUE;
    for (Told each : told) {
      last = each.arrivedAt() > last ? each.arrivedAt() : last + 1;
      if (Acceptance.check(each.event(), last).isEmpty()) {
        accepted.add(new Arrived(Acceptance.settle(each.event(), last), last));
      }
    }
    return accepted;
  }

  static UserError failed(IOException e) {
    return new UserError(
        "Expected to keep the events while they are played, but: %s; make room in %s"
            .formatted(e.getMessage(), System.getProperty("java.io.tmpdir")),
        e);
  }
}
