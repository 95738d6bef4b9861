package dev.lifesign.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.file.Line;
import dev.lifesign.core.event.Contact;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Rejection;
import dev.lifesign.core.event.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is shared out comes back, by customer, in the order of arrival. */
class ShardsTest {

  private static final long BEGIN = 1_700_000_000_000L;
  private static final int CUSTOMERS = 300;
  private static final int BATCH = 97;

  @Test
  void everyCustomerHasAllThatItDidInTheOrderOfArrivalHoweverManyShardsThereAre() {
    List<Line> lines = lines(10_000);
    for (long size : List.of(0L, 1L << 27, 1L << 40)) {
      List<List<Shard.Arrived>> customers = shared(lines, size);
      assertThat(customers).hasSize(CUSTOMERS + 1);
      assertThat(customers).isEqualTo(shared(lines, 0));
      for (List<Shard.Arrived> customer : customers) {
        assertThat(shown(customer)).isEqualTo(expected(lines, id(customer)));
      }
    }
  }

  @Test
  void linesThatAreNoEventsAreGivenAndCounted() {
    Line fault =
        new Line(
            2,
            0,
            Optional.empty(),
            Optional.of(new Rejection(RejectionReason.UNDECODABLE, "no")),
            "?");
    try (Shards shards = new Shards(0)) {
      Parcel parcel = shards.parcel(List.of(line(1, "e", "c", BEGIN), fault));
      assertThat(parcel.lines()).isEqualTo(2);
      assertThat(parcel.unreadable()).containsExactly(fault);
      shards.add(parcel);
      shards.finish();
      assertThat(customers(shards)).hasSize(1);
    }
  }

  /** All customers, one shard after the other. */
  private static List<List<Shard.Arrived>> shared(List<Line> lines, long size) {
    try (Shards shards = new Shards(size)) {
      for (int from = 0; from < lines.size(); from += BATCH) {
        List<Line> batch = lines.subList(from, Math.min(lines.size(), from + BATCH));
        shards.add(shards.parcel(batch));
      }
      shards.finish();
      return customers(shards);
    }
  }

  private static List<List<Shard.Arrived>> customers(Shards shards) {
    return IntStream.range(0, shards.count()).boxed().flatMap(shards::customers).toList();
  }

  private static String id(List<Shard.Arrived> customer) {
    return customer.get(0).event().customerId();
  }

  private static List<String> shown(List<Shard.Arrived> customer) {
    return customer.stream().map(each -> each.event().eventId() + "@" + each.arrivedAt()).toList();
  }

  /** By semantics, Time: equal arrivals of a customer in file order, a millisecond apart. */
  private static List<String> expected(List<Line> lines, String customer) {
    List<Line> own = new ArrayList<>();
    for (Line line : lines) {
      if (line.event().orElseThrow().customerId().equals(customer)) {
        int place = own.size();
        while (place > 0 && own.get(place - 1).arrivedAt() > line.arrivedAt()) {
          place--;
        }
        own.add(place, line);
      }
    }
    List<String> shown = new ArrayList<>();
    long last = Long.MIN_VALUE;
    for (Line line : own) {
      last = Math.max(line.arrivedAt(), last + 1);
      shown.add(line.event().orElseThrow().eventId() + "@" + last);
    }
    return shown;
  }

  /** Out of order, many at the same instant; the first is of a customer with a name of its own. */
  private static List<Line> lines(int count) {
    Random random = new Random(1);
    List<Line> lines = new ArrayList<>();
    lines.add(line(1, "e1", "ünï©ode 客户", BEGIN));
    for (int number = 2; number <= count; number++) {
      String customer = "c" + (number <= CUSTOMERS + 1 ? number : random.nextInt(CUSTOMERS) + 2);
      lines.add(line(number, "e" + number, customer, BEGIN + random.nextInt(50)));
    }
    return lines;
  }

  private static Line line(long number, String event, String customer, long at) {
    Event contact = new Contact(event, customer, at, Contact.Action.OPENED, Contact.Channel.EMAIL);
    return new Line(number, at, Optional.of(contact), Optional.empty(), "");
  }
}
