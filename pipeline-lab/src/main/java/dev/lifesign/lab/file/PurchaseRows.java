package dev.lifesign.lab.file;

import dev.lifesign.lab.mapping.Field;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.table.Row;
import dev.lifesign.lab.value.Digits;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns rows into purchases and refunds. Rows with the same order number are one order; an order
 * whose rows do not follow each other is held until the end of the table.
 */
final class PurchaseRows implements EventRows {

  private final Mapping mapping;
  private final Cells cells;
  private final Hashes scattered;
  private final RowOutput output;
  private final Map<String, OrderRows> held = new LinkedHashMap<>();
  private String currentNumber = "";
  private OrderRows current;

  /**
   * Reads purchases.
   *
   * @param scattered the orders whose rows do not follow each other
   */
  PurchaseRows(Mapping mapping, Cells cells, Hashes scattered, RowOutput output) {
    this.mapping = mapping;
    this.cells = cells;
    this.scattered = scattered;
    this.output = output;
  }

  @Override
  public void accept(Row row) {
    String order = Digits.ascii(cells.text(row, Field.ORDER));
    if (order.isEmpty()) {
      OrderRows single = begin(order);
      single.accept(row);
      single.finish();
    } else if (!scattered.isEmpty() && scattered.contains(Hashes.of(order))) {
      held.computeIfAbsent(order, this::begin).accept(row);
    } else {
      if (current == null || !order.equals(currentNumber)) {
        finishCurrent();
        currentNumber = order;
        current = begin(order);
      }
      current.accept(row);
    }
  }

  @Override
  public void finish() {
    finishCurrent();
    held.values().forEach(OrderRows::finish);
    held.clear();
  }

  private void finishCurrent() {
    if (current != null) {
      current.finish();
      current = null;
    }
  }

  private OrderRows begin(String order) {
    return new OrderRows(order, mapping, cells, output);
  }
}
