package dev.lifesign.lab.file;

import dev.lifesign.lab.mapping.Field;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.table.Row;
import dev.lifesign.lab.value.DateOptions;
import dev.lifesign.lab.value.Dates;
import dev.lifesign.lab.value.Digits;
import java.util.Optional;

/**
 * What a first pass over a table finds out: which orders have rows that do not follow each other,
 * and the order of day and month, if the dates that show it agree.
 */
final class Survey {

  /** Rows that show whether dates are numbers with the year last. */
  private static final int SAMPLE = 100;

  private final Hashes orders = new Hashes();
  private final Hashes scattered = new Hashes();
  private long current;
  private long dayFirst;
  private long monthFirst;

  private Survey() {}

  /** Surveys a table, if its mapping leaves something open. */
  static Survey of(Table table, Mapping mapping) {
    Survey survey = new Survey();
    boolean dates =
        mapping.dates().order() == DateOptions.Order.AUTO && mapping.dates().formats().isEmpty();
    boolean orders = mapping.hasOrders();
    if (!dates && !orders) {
      return survey;
    }
    boolean yearLast = false;
    int rows = 0;
    for (Optional<Row> row = table.next(); row.isPresent(); row = table.next()) {
      if (row.get().fault().isPresent()) {
        continue;
      }
      if (orders) {
        survey.order(Digits.ascii(table.columns().value(row.get(), Field.ORDER)));
      }
      if (dates && (yearLast || rows < SAMPLE)) {
        yearLast |= survey.date(row.get().number(), table.columns().value(row.get(), Field.TIME));
      }
      rows++;
      if (!orders && !yearLast && rows >= SAMPLE) {
        break;
      }
    }
    return survey;
  }

  private void order(String number) {
    if (number.isEmpty()) {
      return;
    }
    long hash = Hashes.of(number);
    if (hash != current) {
      if (!orders.add(hash)) {
        scattered.add(hash);
      }
      current = hash;
    }
  }

  private boolean date(long line, String text) {
    Optional<DateOptions.Order> order = Dates.order(text);
    if (order.isPresent() && order.get() == DateOptions.Order.DAY_FIRST && dayFirst == 0) {
      dayFirst = line;
    }
    if (order.isPresent() && order.get() == DateOptions.Order.MONTH_FIRST && monthFirst == 0) {
      monthFirst = line;
    }
    return order.isPresent();
  }

  /** The orders whose rows do not follow each other. */
  Hashes scattered() {
    return scattered;
  }

  /** The mapping, with the order of day and month that all dates which show one agree on. */
  Mapping settle(Mapping mapping, ReadNotes notes) {
    if (dayFirst == 0 && monthFirst == 0) {
      return mapping;
    }
    if (dayFirst > 0 && monthFirst > 0) {
      notes.remark(
          "Dates have the day first in line %d and the month first in line %d; dates that can be read in both ways are refused"
              .formatted(dayFirst, monthFirst));
      return mapping;
    }
    boolean day = dayFirst > 0;
    notes.remark(
        "Dates are read with the %s first, as line %d shows"
            .formatted(day ? "day" : "month", Math.max(dayFirst, monthFirst)));
    return mapping.withDates(
        mapping
            .dates()
            .withOrder(day ? DateOptions.Order.DAY_FIRST : DateOptions.Order.MONTH_FIRST));
  }
}
