package dev.lifesign.lab.mapping;

import dev.lifesign.domain.event.Family;
import dev.lifesign.lab.table.TableFormat;
import dev.lifesign.lab.value.Amounts;
import dev.lifesign.lab.value.DateOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a table of events mean.
 *
 * @param family the family of its events
 * @param sources where each field comes from, by {@link Field}
 * @param statuses what the texts of the status column mean: one of {@link Statuses#OF_PURCHASES},
 *     or an action of the family, or nothing
 * @param refunds which rows of purchases are refunds, beside those whose status says so
 * @param amounts how amounts are written
 * @param dates how dates are written
 * @param table the form of the table
 * @param filters what a row has to meet; others are left out
 * @param placeholders ids that stand for no customer, beside the usual ones
 * @param extraEvents further events of a row
 */
public record Mapping(
    Family family,
    Map<Field, Source> sources,
    Statuses statuses,
    Refunds refunds,
    Amounts amounts,
    DateOptions dates,
    TableFormat table,
    List<Filter> filters,
    Set<String> placeholders,
    List<ExtraEvent> extraEvents) {

  /** Keeps its own copies. */
  public Mapping {
    sources = Map.copyOf(sources);
    filters = List.copyOf(filters);
    placeholders = Set.copyOf(placeholders);
    extraEvents = List.copyOf(extraEvents);
  }

  /** Which rows of purchases are refunds. */
  public enum Refunds {
    /** Rows with a negative amount. */
    NEGATIVE,
    /** Those, and rows whose order number begins with C. */
    C,
    /** None: a negative amount is not accepted. */
    NONE
  }

  /** Where a field comes from; empty if it is not mapped. */
  public Optional<Source> source(Field field) {
    return Optional.ofNullable(sources.get(field));
  }

  /** Whether rows with the same order number and customer are one order. */
  public boolean hasOrders() {
    return family == Family.PURCHASE && sources.containsKey(Field.ORDER);
  }

  /** The same mapping with a known order of day and month. */
  public Mapping withDates(DateOptions other) {
    return new Mapping(
        family,
        sources,
        statuses,
        refunds,
        amounts,
        other,
        table,
        filters,
        placeholders,
        extraEvents);
  }
}
