package dev.lifesign.lab.file;

import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.lab.mapping.Columns;
import dev.lifesign.lab.mapping.Field;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.mapping.Statuses;
import dev.lifesign.lab.table.Row;
import dev.lifesign.lab.value.Amounts;
import dev.lifesign.lab.value.CurrencyWords;
import dev.lifesign.lab.value.CustomerIds;
import dev.lifesign.lab.value.Dates;
import dev.lifesign.lab.value.Digits;
import dev.lifesign.lab.value.UnreadableValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The values of a row, as its mapping says. */
final class Cells {

  /** How many unknown statuses are reported one by one. */
  private static final int MOST_UNKNOWN = 3;

  private final Mapping mapping;
  private final Columns columns;
  private final String baseCurrency;
  private final Dates dates;
  private final CustomerIds customers;
  private final Map<String, String> unknownStatuses = new HashMap<>();

  Cells(Mapping mapping, Columns columns, String baseCurrency) {
    this.mapping = mapping;
    this.columns = columns;
    this.baseCurrency = baseCurrency;
    this.dates = new Dates(mapping.dates());
    this.customers = new CustomerIds(mapping.placeholders());
  }

  /** The text of a field; empty if there is none. */
  String text(Row row, Field field) {
    return columns.value(row, field);
  }

  boolean has(Field field) {
    return columns.has(field);
  }

  /** The customer, from the first column with an id that is no placeholder; else empty. */
  String customer(Row row) throws RowFault {
    try {
      String first = customers.read(columns.value(row, Field.CUSTOMER));
      if (!first.isEmpty()) {
        return first;
      }
      for (String value : columns.values(row, Field.CUSTOMER)) {
        String id = customers.read(value);
        if (!id.isEmpty()) {
          return id;
        }
      }
      return "";
    } catch (UnreadableValue e) {
      throw RowFault.of(e, columns.name(Field.CUSTOMER));
    }
  }

  RowFault noCustomer(Row row) {
    List<String> values = columns.values(row, Field.CUSTOMER);
    String names = columns.name(Field.CUSTOMER);
    return new RowFault(
        RejectionReason.MISSING_FIELD,
        "rows without a customer (" + names + ")",
        "%s: %s; map a further column to fall back on, such as an e-mail address or a phone number"
            .formatted(
                names,
                values.isEmpty()
                    ? "the row has no customer"
                    : String.join(", ", values) + " stands for no customer"));
  }

  long time(String text, Field field) throws RowFault {
    if (text.isEmpty()) {
      throw missing(field);
    }
    try {
      return dates.read(text);
    } catch (UnreadableValue e) {
      throw RowFault.of(e, columns.name(field));
    }
  }

  RowFault missing(Field field) {
    String name = columns.name(field);
    return new RowFault(
        RejectionReason.MISSING_FIELD,
        "rows without a value for " + field.key() + " (" + name + ")",
        "Expected a value in column %s (%s), but it is empty".formatted(name, field.key()));
  }

  /** The currency, as a code in capitals; empty if the row has none. */
  String currency(Row row) throws RowFault {
    String text = Digits.ascii(columns.value(row, Field.CURRENCY));
    if (text.isEmpty() || CurrencyWords.isCode(text)) {
      return text;
    }
    String code = text.toUpperCase(Locale.ROOT);
    if (code.length() != 3 || !code.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
      throw new RowFault(
          RejectionReason.INVALID_FIELD,
          "rows with an unknown currency",
          "Expected a currency such as EUR, but it is %s; correct it, or map another column"
              .formatted(text));
    }
    return code;
  }

  /**
   * An amount in minor units.
   *
   * @param currency of the row; empty for the one that the amount names, or else the base currency
   */
  Money money(String text, String currency, Field field) throws RowFault {
    return money(text, BigDecimal.ONE, currency, field);
  }

  /** Quantity times price, rounded once. */
  Money product(Row row, String currency) throws RowFault {
    String quantity = text(row, Field.QUANTITY);
    String price = text(row, Field.PRICE);
    if (quantity.isEmpty() || price.isEmpty()) {
      throw missing(quantity.isEmpty() ? Field.QUANTITY : Field.PRICE);
    }
    return money(price, number(quantity, Field.QUANTITY), currency, Field.PRICE);
  }

  private Money money(String text, BigDecimal times, String currency, Field field) throws RowFault {
    try {
      String known = currency.isEmpty() ? baseCurrency : currency;
      Amounts.Amount one = mapping.amounts().read(text, known);
      if (one.currency().isPresent() && !currency.isEmpty()) {
        requireSame(one.currency().get(), currency, text);
      }
      String code = currency.isEmpty() ? one.currency().orElse(baseCurrency) : currency;
      mapping.amounts().requireWhole(one.number(), text);
      return new Money(mapping.amounts().minorUnits(times.multiply(one.number()), code), code);
    } catch (UnreadableValue e) {
      throw RowFault.of(e, columns.name(field));
    }
  }

  private static void requireSame(String named, String currency, String text) throws RowFault {
    if (!named.equals(currency)) {
      throw new RowFault(
          RejectionReason.INVALID_FIELD,
          "amounts in another currency than their row",
          "The amount %s is in %s, but the currency of the row is %s; correct the mapping of currency"
              .formatted(text, named, currency));
    }
  }

  /** A number that is no money, such as a quantity or a score. */
  BigDecimal number(String text, Field field) throws RowFault {
    try {
      return mapping.amounts().read(text, baseCurrency).number();
    } catch (UnreadableValue e) {
      throw RowFault.of(e, columns.name(field));
    }
  }

  /** What a status means; empty text is none. */
  Optional<String> outcome(String status) throws RowFault {
    Optional<String> outcome = mapping.statuses().outcome(status);
    if (outcome.isEmpty() && !status.isEmpty()) {
      throw new RowFault(
          RejectionReason.UNKNOWN_ACTION,
          unknown(status),
          "%s: the status %s is not known; say under statuses of a mapping what it means, or that it means %s"
              .formatted(
                  columns.name(Field.STATUS), UnreadableValue.shown(status), Statuses.NOTHING));
    }
    return outcome;
  }

  /** The kind of an unknown status: the first few are named, since a wrong column has very many. */
  private String unknown(String status) {
    String folded = Statuses.folded(status);
    if (unknownStatuses.size() < MOST_UNKNOWN) {
      unknownStatuses.putIfAbsent(folded, UnreadableValue.shown(status));
    }
    return unknownStatuses.containsKey(folded)
        ? "rows with the unknown status " + unknownStatuses.get(folded)
        : "rows with other unknown statuses";
  }
}
