package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.event.Acceptance;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.model.PurchaseDays;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.time.LocalDays;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.fit.Buyer;
import dev.lifesign.lab.fit.History;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events distributed over shards come back per customer, in order of arrival. */
class ShardsTest {

  private static final long BEGIN = 1_700_000_000_000L;
  private static final int CUSTOMERS = 300;
  private static final int BATCH = 97;

  @Test
  void everyCustomerKeepsAllItsEventsInOrderOfArrivalForAnyNumberOfShards() {
    List<Line> lines = lines(10_000);
    for (long size : List.of(0L, 1L << 27, 1L << 40)) {
      List<List<Shard.Arrived>> customers = sharded(lines, size);
      assertThat(customers).hasSize(CUSTOMERS + 1);
      assertThat(customers).isEqualTo(sharded(lines, 0));
      for (List<Shard.Arrived> customer : customers) {
        assertThat(shown(customer)).isEqualTo(expected(lines, id(customer)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Asia/Tehran", "Australia/Lord_Howe"})
  void purchasesReadWithoutEventsAgreeWithTheEventsInAnyZone(String zone) {
    Policy policy =
        PolicyReader.read(
                "version: 1\ncurrency: { base: USD, rates: { EUR: 1.1 } }\ncalendar: { zone: %s }"
                    .formatted(zone))
            .policy()
            .orElseThrow();
    List<Line> lines = shopping(20_000, policy.days());
    long end = BEGIN + 40 * Instants.DAY;
    try (Shards shards = new Shards(0)) {
      shards.add(shards.block(lines));
      shards.finish();
      List<List<Shard.Arrived>> customers = customers(shards);
      LongAdder accepted = new LongAdder();
      List<Buyer> buyers =
          IntStream.range(0, shards.count())
              .boxed()
              .flatMap(shard -> shards.buyers(shard, policy, end, accepted::add))
              .toList();

      assertThat(accepted.sum())
          .isEqualTo(customers.stream().mapToLong(List::size).sum())
          .isBetween(10_000L, 19_000L);
      assertThat(History.of(buyers).purchases()).isGreaterThan(2_000);
      for (int i = 0; i < customers.size(); i++) {
        Buyer expected = new Buyer();
        for (Shard.Arrived arrived : customers.get(i)) {
          if (arrived.arrivedAt() < end && arrived.event() instanceof Purchase purchase) {
            expected.accept(purchase, policy);
          }
        }
        assertThat(shown(buyers.get(i))).isEqualTo(shown(expected));
      }
    }
  }

  @Test
  void anEventIsAcceptedAndSettledAsIfItArrivedAlone() {
    List<Line> lines = shopping(20_000, LocalDays.UTC);
    try (Shards shards = new Shards(0)) {
      shards.add(shards.block(lines));
      shards.finish();
      Set<String> known = new HashSet<>();
      for (List<Shard.Arrived> customer : customers(shards)) {
        for (Shard.Arrived arrived : customer) {
          assertThat(Acceptance.check(arrived.event(), arrived.arrivedAt())).isEmpty();
          assertThat(arrived.event().occurredAt()).isLessThanOrEqualTo(arrived.arrivedAt());
          known.add(arrived.event().toString());
        }
      }
      for (Line line : lines) {
        Event event = line.event().orElseThrow();
        if (Acceptance.check(event, line.arrivedAt()).isEmpty()) {
          assertThat(known).contains(Acceptance.settle(event, line.arrivedAt()).toString());
        }
      }
    }
  }

  @Test
  void linesThatAreNotEventsAreReportedAndCounted() {
    Line fault =
        new Line(
            2,
            0,
            Optional.empty(),
            Optional.of(new Rejection(RejectionReason.UNDECODABLE, "no")),
            "lines that are not JSON",
            "?");
    try (Shards shards = new Shards(0)) {
      ShardBlock block = shards.block(List.of(line(1, "e", "c", BEGIN), fault));
      assertThat(block.lines()).isEqualTo(2);
      assertThat(block.unreadable()).containsExactly(fault);
      shards.add(block);
      shards.finish();
      assertThat(customers(shards)).hasSize(1);
    }
  }

  /** All customers, one shard after the other. */
  private static List<List<Shard.Arrived>> sharded(List<Line> lines, long size) {
    try (Shards shards = new Shards(size)) {
      for (int from = 0; from < lines.size(); from += BATCH) {
        List<Line> batch = lines.subList(from, Math.min(lines.size(), from + BATCH));
        shards.add(shards.block(batch));
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

  /**
   * As semantics, Time, requires: equal arrivals of a customer in file order, a millisecond apart.
   */
  private static List<String> expected(List<Line> lines, String customer) {
    List<Line> own = new ArrayList<>();
    for (Line line : lines) {
      if (line.event().orElseThrow().customerId().equals(customer)) {
        int index = own.size();
        while (index > 0 && own.get(index - 1).arrivedAt() > line.arrivedAt()) {
          index--;
        }
        own.add(index, line);
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

  /**
   * Lines out of order, many at the same instant; the first has a customer id that is not ASCII.
   */
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

  /** Each day with its money, then the number of purchases. */
  private static List<String> shown(Buyer buyer) {
    History history = History.of(List.of(buyer));
    PurchaseDays days = history.customers().get(0);
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      shown.add(days.day(i) + ": " + days.spent(days.day(i)));
    }
    shown.add(history.purchases() + " " + buyer.isKnown());
    return shown;
  }

  /**
   * Purchases and refunds, some of them duplicates, some ahead of their arrival by less or more
   * than is accepted, some with a fault, in currencies with and without a rate; and contacts. Each
   * arrives at a distinct instant, shortly before midnight of some days.
   */
  private static List<Line> shopping(int count, LocalDays days) {
    Random random = new Random(2);
    List<Line> lines = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      long at = days.startOf(days.dayOf(BEGIN) + random.nextInt(60)) - 3 * 60_000 + number;
      String customer = "c" + random.nextInt(CUSTOMERS);
      int kind = random.nextInt(10);
      long occurredAt =
          kind == 0 ? at + random.nextInt(600_000) : kind == 1 ? 5 : at - random.nextInt(1 << 30);
      String id = "é" + (kind == 2 ? random.nextInt(number) : number);
      Event event =
          random.nextInt(3) == 0
              ? new Contact(id, customer, occurredAt, Contact.Action.OPENED, Contact.Channel.EMAIL)
              : new Purchase(
                  id,
                  customer,
                  occurredAt,
                  random.nextInt(5) == 0 ? Purchase.Action.REFUND : Purchase.Action.PURCHASE,
                  "o" + number,
                  kind == 3 ? -1 : random.nextInt(10_000),
                  List.of("USD", "EUR", "CHF", "?").get(random.nextInt(4)),
                  List.of(),
                  random.nextBoolean() ? "web" : "");
      lines.add(new Line(number, at, Optional.of(event), Optional.empty(), "", ""));
    }
    return lines;
  }

  private static Line line(long number, String event, String customer, long at) {
    Event contact = new Contact(event, customer, at, Contact.Action.OPENED, Contact.Channel.EMAIL);
    return new Line(number, at, Optional.of(contact), Optional.empty(), "", "");
  }
}
