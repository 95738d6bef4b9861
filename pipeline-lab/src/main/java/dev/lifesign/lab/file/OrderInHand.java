package dev.lifesign.lab.file;

import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.table.Row;
import dev.lifesign.lab.value.Digits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An order of one customer in one currency, while its rows are read. */
final class OrderInHand {

  private final String order;
  private final String customer;
  private final String currency;
  private final List<OrderLine> items = new ArrayList<>(0);
  private final List<Refund> refunds = new ArrayList<>(0);
  private final List<Refund> early = new ArrayList<>(0);
  private long number;
  private String text = "";
  private String id = "";
  private String channel = "";
  private long at;
  private long sum;
  private boolean wholly;
  private boolean partly;
  private boolean amountsOfOrder;
  private long refunded;
  private long refundedAt;

  OrderInHand(String order, String customer, String currency) {
    this.order = order;
    this.customer = customer;
    this.currency = currency;
  }

  /** Whether it is of a customer, in a currency; in any currency if that is empty. */
  boolean isOf(String someCustomer, String inCurrency) {
    return customer.equals(someCustomer) && (inCurrency.isEmpty() || currency.equals(inCurrency));
  }

  String currency() {
    return currency;
  }

  /** Whether the order has rows of purchases. */
  boolean hasRows() {
    return number > 0;
  }

  /** Whether the order has rows of purchases, and its time is another one. */
  boolean isOfAnotherTime(long time) {
    return number > 0 && at != time;
  }

  /** Adds a row; the order is as early as its earliest row. */
  void add(long amount, long time, Row row, String rowId, boolean isRefunded) throws RowFault {
    sum = sum(sum, amount);
    if (number == 0) {
      number = row.number();
      text = row.text();
      id = rowId;
      at = time;
    }
    at = Math.min(at, time);
    wholly |= isRefunded;
  }

  /** Keeps a negative row that comes before all others of the order. */
  void early(long amount, long time, Row row, String rowId) throws RowFault {
    for (Refund other : early) {
      if (other.time() == time) {
        early.set(early.indexOf(other), other.plus(amount));
        return;
      }
    }
    early.add(new Refund(row.number(), row.text(), rowId, time, amount));
  }

  /** An early row is a refund if it is later than the order, and otherwise a discount. */
  private void settleEarly() throws RowFault {
    long time = at;
    for (Refund one : early) {
      if (number > 0 && one.time() <= time) {
        sum = sum(sum, one.amount());
        at = Math.min(at, one.time());
      } else {
        refunds.add(new Refund(one.number(), one.text(), one.id(), one.time(), -one.amount()));
      }
    }
  }

  /** A sum that can be negated. */
  private static long sum(long one, long other) throws RowFault {
    try {
      return -Math.negateExact(Math.addExact(one, other));
    } catch (ArithmeticException e) {
      throw OrderRows.tooLarge();
    }
  }

  /** Adds to what was refunded of the order. */
  void refunded(long amount, long time) throws RowFault {
    if (amount == 0) {
      return;
    }
    refunded = sum(refunded, amount);
    refundedAt = time;
  }

  /** Notes that a row of the order is marked as partly refunded. */
  void partlyRefunded() {
    partly = true;
  }

  void item(String sku, String category, int quantity, long amount) {
    items.add(new OrderLine(sku, category, quantity, Math.max(0, amount)));
  }

  /** The amounts of the rows are of the whole order, so that those of its items are not known. */
  void amountsAreOfOrder() {
    amountsOfOrder = true;
  }

  private List<OrderLine> items() {
    return amountsOfOrder
        ? items.stream()
            .map(one -> new OrderLine(one.sku(), one.category(), one.quantity(), 0))
            .toList()
        : items;
  }

  void channel(String name) {
    channel = channel.isEmpty() ? name : channel;
  }

  /** Adds a refund of its own; those of one time are one refund, as the rows of a credit note. */
  void refund(long amount, long time, Row row, String rowId) throws RowFault {
    for (int i = 0; i < refunds.size(); i++) {
      Refund other = refunds.get(i);
      if (other.time() == time) {
        refunds.set(i, other.plus(amount));
        return;
      }
    }
    refunds.add(new Refund(row.number(), row.text(), rowId, time, amount));
  }

  /** Rows that give money back at one time; named by the first of them. */
  private record Refund(long number, String text, String id, long time, long amount) {

    Refund plus(long more) throws RowFault {
      return new Refund(number, text, id, time, sum(amount, more));
    }
  }

  /** Passes on the purchase and its refunds. */
  void lines(boolean negativeIsRefund, RowOutput output) {
    try {
      settleEarly();
    } catch (RowFault e) {
      output.lines().accept(e.line(number, text));
      return;
    }
    if (number > 0) {
      boolean refund = sum < 0 && negativeIsRefund;
      output
          .lines()
          .accept(
              refund
                  ? line(refundId(id, at, false), at, Purchase.Action.REFUND, -sum, List.of())
                  : line(id, at, Purchase.Action.PURCHASE, sum, items()));
      long back = refunded == 0 && wholly ? sum : refunded;
      if (back > 0) {
        long time = refunded == 0 ? at : refundedAt;
        output.lines().accept(line(id + "-refund", time, Purchase.Action.REFUND, back, List.of()));
      }
      noteDoubts(back, output.notes());
    }
    if (!refunds.isEmpty()) {
      refundLines(output);
    }
  }

  private void refundLines(RowOutput output) {
    Set<String> ids = new HashSet<>(List.of(id));
    for (Refund one : refunds) {
      String refundId = refundId(one.id(), one.time(), !ids.add(one.id()));
      Purchase event = event(refundId, one.time(), Purchase.Action.REFUND, one.amount(), List.of());
      output.lines().accept(Line.of(one.number(), one.time(), event, one.text()));
    }
  }

  /** Adds its time to the id of a refund that is the order's number, or the id of another event. */
  private String refundId(String rowId, long time, boolean taken) {
    return taken || Digits.ascii(rowId).equals(order)
        ? rowId + "-refund-" + Instants.format(time)
        : rowId;
  }

  private void noteDoubts(long back, ReadNotes notes) {
    if (partly && back == 0 && refunds.isEmpty()) {
      notes.inDoubt(
          "that are partly refunded, but by no amount, and count in full",
          "Map refunded to the column of what was given back",
          number);
    }
    double all = (double) back + refunds.stream().mapToDouble(Refund::amount).sum();
    if (sum >= 0 && all > sum) {
      notes.inDoubt(
          "refunded more than was paid",
          "Check the columns of the amount and of what was refunded",
          number);
    }
  }

  private Line line(
      String eventId, long time, Purchase.Action action, long amount, List<OrderLine> lines) {
    return Line.of(number, time, event(eventId, time, action, amount, lines), text);
  }

  private Purchase event(
      String eventId, long time, Purchase.Action action, long amount, List<OrderLine> lines) {
    return new Purchase(eventId, customer, time, action, order, amount, currency, lines, channel);
  }
}
