package dev.lifesign.lab.file;

import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.lab.mapping.Field;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.mapping.Statuses;
import dev.lifesign.lab.table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of one order. A later row takes customer, status, currency and time, where it has none,
 * from the first row that has them. Rows of different customers or currencies are different orders.
 */
final class OrderRows {

  private final String order;
  private final Mapping mapping;
  private final Cells cells;
  private final RowOutput output;
  private final List<OrderInHand> parts = new ArrayList<>(1);
  private String firstCustomer = "";
  private String firstCurrency = "";
  private String firstStatus = "";
  private String firstTime = "";
  private boolean first = true;

  OrderRows(String order, Mapping mapping, Cells cells, RowOutput output) {
    this.order = order;
    this.mapping = mapping;
    this.cells = cells;
    this.output = output;
  }

  void accept(Row row) {
    try {
      add(row);
    } catch (RowFault e) {
      output.fault(row, e);
    } finally {
      first = false;
    }
  }

  private void add(Row row) throws RowFault {
    String rowStatus = cells.text(row, Field.STATUS);
    String rowTime = cells.text(row, Field.TIME);
    String rowCustomer = cells.customer(row);
    String rowCurrency = cells.currency(row);
    firstStatus = or(firstStatus, rowStatus);
    firstTime = or(firstTime, rowTime);
    firstCustomer = or(firstCustomer, rowCustomer);
    firstCurrency = or(firstCurrency, rowCurrency);
    String status = or(rowStatus, firstStatus);
    String customer = or(rowCustomer, firstCustomer);
    String currency = or(rowCurrency, firstCurrency);
    String outcome = cells.outcome(status).orElse(Statuses.PURCHASE);
    boolean usualNothing = outcome.equals(Statuses.NOTHING) && mapping.statuses().areUsual();
    if (outcome.equals(Statuses.NOTHING) && !usualNothing) {
      leftOut(row, status);
      return;
    }
    Optional<Money> amount = amount(row, currency);
    if (usualNothing && (amount.isEmpty() || amount.get().minorUnits() >= 0)) {
      leftOut(row, status);
      return;
    }
    if (customer.isEmpty()) {
      throw cells.noCustomer(row);
    }
    long at = cells.time(or(rowTime, firstTime), Field.TIME);
    Optional<OrderInHand> found =
        amount.isPresent()
            ? Optional.of(part(customer, amount.get().currency()))
            : begun(customer, currency);
    if (found.isEmpty()) {
      // The row with the amount of the order was refused.
      return;
    }
    OrderInHand part = found.get();
    long minorUnits = amount.map(Money::minorUnits).orElse(0L);
    if (isRefund(outcome, usualNothing, minorUnits, at, part)) {
      if (amount.isPresent()) {
        part.refund(Math.abs(minorUnits), at, row, id(row));
      }
      return;
    }
    if (minorUnits < 0 && mapping.refunds() != Mapping.Refunds.NONE && !part.hasRows()) {
      // In an export with the newest first, a refund comes before its order.
      part.early(minorUnits, at, row, id(row));
      return;
    }
    long refunded = refunded(row, part.currency()).minorUnits();
    long refundedAt = refundedTime(row, at);
    if (amount.isPresent()) {
      part.add(minorUnits, at, row, id(row), outcome.equals(Statuses.REFUNDED));
    }
    part.refunded(Math.abs(refunded), refundedAt);
    if (Statuses.isPartlyRefunded(rowStatus)) {
      part.partlyRefunded();
    }
    if (cells.has(Field.SKU) || cells.has(Field.CATEGORY)) {
      addItem(row, amount, part);
    }
    part.channel(cells.text(row, Field.CHANNEL));
  }

  /** Adds an item. Its amount is its price times its quantity, or else that of its row. */
  private void addItem(Row row, Optional<Money> amount, OrderInHand part) {
    // Without a column of the amount, the amount of the row is this product.
    boolean priced = cells.has(Field.PRICE) && cells.has(Field.AMOUNT);
    if (amount.isEmpty() && !priced) {
      part.amountsAreOfOrder();
    }
    part.item(
        cells.text(row, Field.SKU),
        cells.text(row, Field.CATEGORY),
        quantity(row),
        priced ? price(row, part.currency()) : amount.map(Money::minorUnits).orElse(0L));
  }

  private void leftOut(Row row, String status) {
    output.leftOut(row, "with the status " + status);
  }

  /** The amount; empty for a later row of an order that has none, as exports of line items have. */
  private Optional<Money> amount(Row row, String currency) throws RowFault {
    if (!cells.has(Field.AMOUNT)) {
      return Optional.of(cells.product(row, currency));
    }
    String text = cells.text(row, Field.AMOUNT);
    if (!text.isEmpty()) {
      return Optional.of(cells.money(text, currency, Field.AMOUNT));
    }
    if (first) {
      throw cells.missing(Field.AMOUNT);
    }
    return Optional.empty();
  }

  private boolean isRefund(
      String outcome, boolean usualNothing, long amount, long at, OrderInHand part) {
    if (outcome.equals(Statuses.REFUND)) {
      return true;
    }
    if (mapping.refunds() == Mapping.Refunds.NONE) {
      return false;
    }
    // A negative row of an order is a discount, unless it comes at another time.
    return usualNothing
        || (mapping.refunds() == Mapping.Refunds.C && order.startsWith("C"))
        || (amount < 0 && part.isOfAnotherTime(at));
  }

  private Money refunded(Row row, String currency) throws RowFault {
    String text = cells.text(row, Field.REFUNDED);
    boolean named = mapping.source(Field.REFUNDED).isPresent();
    // In a column that no mapping names, a word such as false is not an amount.
    boolean none = text.isEmpty() || (!named && text.chars().noneMatch(Character::isDigit));
    return none ? new Money(0, currency) : cells.money(text, currency, Field.REFUNDED);
  }

  private long refundedTime(Row row, long at) throws RowFault {
    String text = cells.text(row, Field.REFUNDED_TIME);
    return text.isEmpty() ? at : cells.time(text, Field.REFUNDED_TIME);
  }

  /** The price of an item times its quantity, 0 if it cannot be read: nothing depends on it. */
  private long price(Row row, String currency) {
    try {
      return cells.product(row, currency).minorUnits();
    } catch (RowFault e) {
      return 0;
    }
  }

  /** The quantity of an item, 1 if it cannot be read: it is shown, and nothing depends on it. */
  private int quantity(Row row) {
    try {
      String text = cells.text(row, Field.QUANTITY);
      return text.isEmpty() ? 1 : Math.max(0, cells.number(text, Field.QUANTITY).intValue());
    } catch (RowFault e) {
      return 1;
    }
  }

  private String id(Row row) {
    return or(cells.text(row, Field.ID), output.id(row.number()));
  }

  /** The part of a customer in a currency, or in any if it is empty; empty if it has no row yet. */
  private Optional<OrderInHand> begun(String customer, String currency) {
    return parts.stream().filter(part -> part.isOf(customer, currency)).findFirst();
  }

  private OrderInHand part(String customer, String currency) {
    for (OrderInHand part : parts) {
      if (part.isOf(customer, currency)) {
        return part;
      }
    }
    OrderInHand part = new OrderInHand(order, customer, currency);
    parts.add(part);
    return part;
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  /** Passes on the events of the order. */
  void finish() {
    for (OrderInHand part : parts) {
      part.lines(mapping.refunds() != Mapping.Refunds.NONE, output);
    }
  }

  /** The fault of an order whose amounts are too large to add. */
  static RowFault tooLarge() {
    return new RowFault(
        RejectionReason.INVALID_FIELD,
        "orders whose amounts are too large",
        "The amounts of the order are too large to add; correct them at the source");
  }
}
