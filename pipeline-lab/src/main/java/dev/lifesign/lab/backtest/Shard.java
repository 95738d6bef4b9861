package dev.lifesign.lab.backtest;

import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.eventbytes.EventBytesReader;
import dev.lifesign.lab.fit.Buyer;
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

/** Some of a history's customers, with their events in a file. For one thread at a time. */
final class Shard {

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final OutputStream file;

  /**
   * A customer's event.
   *
   * @param event accepted and settled
   * @param arrivedAt distinct per event of the customer, and ascending
   */
  record Arrived(Event event, long arrivedAt) {}

  /**
   * An event in the file.
   *
   * @param line the number of its line
   * @param settled whether it is accepted and needs no settling
   * @param from the offset of its bytes
   */
  private record Stored(long line, long arrivedAt, boolean settled, int from) {

    /** By arrival, then by line. */
    static int inOrder(Stored one, Stored other) {
      int byArrival = Long.compare(one.arrivedAt, other.arrivedAt);
      return byArrival != 0 ? byArrival : Long.compare(one.line, other.line);
    }

    /** Equal arrivals of a customer are a millisecond apart (semantics, Time). */
    long arrivingAfter(long last) {
      return arrivedAt > last ? arrivedAt : last + 1;
    }
  }

  /** An empty shard. */
  Shard(Path path) {
    this.path = path;
    try {
      file = new BufferedOutputStream(Files.newOutputStream(path), BUFFER);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Adds events in the format of a {@link ShardBlock}. */
  void add(byte[] events, int from, int to) {
    try {
      file.write(events, from, to - from);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Ends the adding of events. */
  void finish() {
    try {
      file.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * The customers in order of their places, each with its accepted events in order of arrival.
   * Events are read one customer at a time, so that few of them are in memory.
   */
  Stream<List<Arrived>> customers() {
    byte[] bytes = bytes();
    EventBytesReader reader = new EventBytesReader(bytes);
    return customerEvents(bytes).map(each -> each.accepted(reader));
  }

  /**
   * The purchases of the same customers, in the same order.
   *
   * @param policy whose calendar and currencies apply
   * @param end events that arrive at this instant or later are left out
   * @param accepted receives the number of accepted events of any family, per customer
   */
  Stream<Buyer> buyers(Policy policy, long end, LongConsumer accepted) {
    byte[] bytes = bytes();
    EventBytesReader reader = new EventBytesReader(bytes);
    return customerEvents(bytes).map(each -> each.buyer(reader, policy, end, accepted));
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static Stream<CustomerEvents> customerEvents(byte[] bytes) {
    Map<IdBytes, CustomerEvents> byCustomer = new HashMap<>();
    ShardBlock.read(
        bytes,
        (customer, line, arrivedAt, settled, from) -> {
          CustomerEvents events = byCustomer.get(customer);
          if (events == null) {
            events = new CustomerEvents(customer.toString());
            byCustomer.put(new IdBytes(customer), events);
          }
          events.stored.add(new Stored(line, arrivedAt, settled, from));
        });
    return byCustomer.values().stream().sorted(CustomerEvents.ORDER);
  }

  /** The events of a customer in the file. */
  private static final class CustomerEvents {

    static final Comparator<CustomerEvents> ORDER =
        Comparator.comparingLong((CustomerEvents each) -> each.place + Long.MIN_VALUE)
            .thenComparing(each -> each.customer);

    private final String customer;
    private final long place;
    private final List<Stored> stored = new ArrayList<>();

    CustomerEvents(String customer) {
      this.customer = customer;
      this.place = Shards.place(customer);
    }

    List<Arrived> accepted(EventBytesReader reader) {
      List<Arrived> accepted = new ArrayList<>(stored.size());
      stored.sort(Stored::inOrder);
      long last = Long.MIN_VALUE;
      for (Stored each : stored) {
        last = each.arrivingAfter(last);
        Event event = reader.read(customer, each.from());
        if (each.settled() || Acceptance.check(event, last).isEmpty()) {
          accepted.add(new Arrived(Acceptance.settle(event, last), last));
        }
      }
      return accepted;
    }

    Buyer buyer(EventBytesReader reader, Policy policy, long end, LongConsumer accepted) {
      Buyer buyer = new Buyer(stored.size());
      stored.sort(Stored::inOrder);
      long last = Long.MIN_VALUE;
      long events = 0;
      for (Stored each : stored) {
        last = each.arrivingAfter(last);
        if (each.settled()) {
          events++;
          if (last < end) {
            reader.buy(each.from(), buyer, policy);
          }
        } else {
          Event event = reader.read(customer, each.from());
          if (Acceptance.check(event, last).isEmpty()) {
            events++;
            if (last < end && Acceptance.settle(event, last) instanceof Purchase purchase) {
              buyer.accept(purchase, policy);
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
        "The events cannot be written to a temporary folder: %s; free space in %s"
            .formatted(e.getMessage(), System.getProperty("java.io.tmpdir")),
        e);
  }
}
