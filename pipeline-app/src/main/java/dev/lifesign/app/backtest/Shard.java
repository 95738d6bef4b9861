package dev.lifesign.app.backtest;

import dev.lifesign.app.UserError;
import dev.lifesign.app.fit.Buyer;
import dev.lifesign.app.kept.EventReader;
import dev.lifesign.core.event.Acceptance;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Purchase;
import dev.lifesign.core.policy.Currencies;
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
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.avro.util.Utf8;

/** Some of a history's customers, with all that they did in a file. For one thread at a time. */
final class Shard {

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final OutputStream file;

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
   * @param settled whether it is accepted and counts as it is
   * @param from where its bytes are
   */
  private record Told(long line, long arrivedAt, boolean settled, int from) {

    /** By arrival, then by line. */
    static int inOrder(Told one, Told other) {
      int byArrival = Long.compare(one.arrivedAt, other.arrivedAt);
      return byArrival != 0 ? byArrival : Long.compare(one.line, other.line);
    }

    /** Equal arrivals of a customer are a millisecond apart (semantics, Time). */
    long arrivingAfter(long last) {
      return arrivedAt > last ? arrivedAt : last + 1;
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
  }

  /** Adds events as a {@link Parcel} has them. */
  void add(byte[] events, int from, int to) {
    try {
      file.write(events, from, to - from);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Nothing more is added. */
  void finish() {
    try {
      file.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * The customers in the order of their places, each with what it did that is accepted, in the
   * order of arrival. Events are read from their bytes one customer after the other, so that they
   * are gone before there are many.
   */
  Stream<List<Arrived>> customers() {
    byte[] bytes = bytes();
    EventReader reader = new EventReader(bytes);
    return doings(bytes).map(each -> each.accepted(reader));
  }

  /**
   * What the same customers bought, in the same order.
   *
   * @param end what arrives from here on is left out
   * @param accepted is told of each customer how many events are accepted, whatever they are
   */
  Stream<Buyer> buyers(Currencies currencies, long end, LongConsumer accepted) {
    byte[] bytes = bytes();
    EventReader reader = new EventReader(bytes);
    return doings(bytes).map(each -> each.buyer(reader, currencies, end, accepted));
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static Stream<Doings> doings(byte[] bytes) {
    Map<Utf8, Doings> byCustomer = new HashMap<>();
    Parcel.read(
        bytes,
        (customer, line, arrivedAt, settled, from) -> {
          Doings doings = byCustomer.get(customer);
          if (doings == null) {
            doings = new Doings(customer.toString());
            byCustomer.put(new Utf8(customer), doings);
          }
          doings.told.add(new Told(line, arrivedAt, settled, from));
        });
    return byCustomer.values().stream().sorted(Doings.ORDER);
  }

  /** All that the file tells of a customer. */
  private static final class Doings {

    static final Comparator<Doings> ORDER =
        Comparator.comparingLong((Doings each) -> each.place + Long.MIN_VALUE)
            .thenComparing(each -> each.customer);

    private final String customer;
    private final long place;
    private final List<Told> told = new ArrayList<>();

    Doings(String customer) {
      this.customer = customer;
      this.place = Shards.place(customer);
    }

    List<Arrived> accepted(EventReader reader) {
      List<Arrived> accepted = new ArrayList<>(told.size());
      told.sort(Told::inOrder);
      long last = Long.MIN_VALUE;
      for (Told each : told) {
        last = each.arrivingAfter(last);
        Event event = reader.read(customer, each.from());
        if (each.settled() || Acceptance.check(event, last).isEmpty()) {
          accepted.add(new Arrived(Acceptance.settle(event, last), last));
        }
      }
      return accepted;
    }

    Buyer buyer(EventReader reader, Currencies currencies, long end, LongConsumer accepted) {
      Buyer buyer = new Buyer(told.size());
      told.sort(Told::inOrder);
      long last = Long.MIN_VALUE;
      long events = 0;
      for (Told each : told) {
        last = each.arrivingAfter(last);
        if (each.settled()) {
          events++;
          if (last < end) {
            reader.buy(each.from(), buyer, currencies);
          }
        } else {
          Event event = reader.read(customer, each.from());
          if (Acceptance.check(event, last).isEmpty()) {
            events++;
            if (last < end && Acceptance.settle(event, last) instanceof Purchase purchase) {
              buyer.take(purchase, currencies);
            }
          }
        }
      }
      buyer.finish();
      accepted.accept(events);
      return buyer;
    }
  }

  static UserError failed(IOException e) {
    return new UserError(
        "Expected to keep the events while they are played, but: %s; make room in %s"
            .formatted(e.getMessage(), System.getProperty("java.io.tmpdir")),
        e);
  }
}
