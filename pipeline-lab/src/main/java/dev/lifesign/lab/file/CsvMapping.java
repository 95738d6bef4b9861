package dev.lifesign.lab.file;

import dev.lifesign.lab.UserError;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the columns of a shop's export mean, as given by {@code --csv}.
 *
 * @param columns the column of each field: a name in the header, or a number from 1
 * @param constantCurrency the currency if it is not in a column
 * @param format the pattern of times; empty for ISO 8601
 * @param zone the zone of times without one
 * @param delimiter the character between columns; a space stands for any run of white space
 * @param header whether the first row names the columns
 * @param refunds which rows are refunds
 */
public record CsvMapping(
    Map<String, String> columns,
    Optional<String> constantCurrency,
    Optional<DateTimeFormatter> format,
    ZoneId zone,
    char delimiter,
    boolean header,
    Refunds refunds) {

  /** The fields that can be mapped. */
  static final List<String> FIELDS =
      List.of("customer", "time", "amount", "order", "type", "currency", "id");

  private static final List<String> OPTIONS =
      List.of("format", "zone", "delimiter", "header", "refunds");

  /** Which rows are refunds. */
  public enum Refunds {
    /** Rows with a negative amount, or whose type says so. */
    NEGATIVE,
    /** Those, and rows whose order number begins with C. */
    C,
    /** None: a negative amount is not accepted. */
    NONE
  }

  /** Keeps its own copy. */
  public CsvMapping {
    columns = Map.copyOf(columns);
  }

  /**
   * Reads a mapping such as {@code customer=CustomerID,time=InvoiceDate,amount=3}.
   *
   * @throws UserError if it has an unknown key, or lacks customer, time or amount
   */
  public static CsvMapping parse(String text) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String part : text.split(",\\s*(?=\\w+=)", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw wrong("key=value pairs, but found " + part);
      }
      given.put(part.substring(0, equals).strip(), part.substring(equals + 1));
    }
    for (String key : given.keySet()) {
      if (!FIELDS.contains(key) && !OPTIONS.contains(key)) {
        throw wrong("one of " + FIELDS + " or " + OPTIONS + ", but found " + key);
      }
    }
    for (String key : List.of("customer", "time", "amount")) {
      if (given.getOrDefault(key, "").isBlank()) {
        throw wrong("a column for " + key + ", but there is none");
      }
    }
    Map<String, String> columns = new LinkedHashMap<>(given);
    columns.keySet().removeAll(OPTIONS);
    String currency = given.getOrDefault("currency", "");
    boolean constant = currency.matches("[A-Z]{3}");
    if (constant) {
      columns.remove("currency");
    }
    boolean numbers = columns.values().stream().allMatch(column -> column.matches("\\d+"));
    return new CsvMapping(
        columns,
        constant ? Optional.of(currency) : Optional.empty(),
        Optional.ofNullable(given.get("format")).map(CsvMapping::formatter),
        zone(given.getOrDefault("zone", "UTC")),
        delimiter(given.getOrDefault("delimiter", "comma")),
        given.containsKey("header") ? given.get("header").equals("true") : !numbers,
        refunds(given.getOrDefault("refunds", "negative")));
  }

  private static DateTimeFormatter formatter(String pattern) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw wrong(
          "format to be a date pattern such as yyyy-MM-dd HH:mm:ss, but: " + e.getMessage());
    }
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw wrong("zone to be a time zone such as Europe/Paris, but it is " + name);
    }
  }

  private static char delimiter(String name) {
    return switch (name) {
      case "comma" -> ',';
      case "semicolon" -> ';';
      case "tab" -> '\t';
      case "pipe" -> '|';
      case "space" -> ' ';
      default -> {
        if (name.length() != 1) {
          throw wrong(
              "delimiter to be comma, semicolon, tab, pipe, space or one character, but it is "
                  + name);
        }
        yield name.charAt(0);
      }
    };
  }

  private static Refunds refunds(String name) {
    return switch (name) {
      case "negative" -> Refunds.NEGATIVE;
      case "C" -> Refunds.C;
      case "none" -> Refunds.NONE;
      default -> throw wrong("refunds to be negative, C or none, but it is " + name);
    };
  }

  private static UserError wrong(String expected) {
    return new UserError("--csv: expected " + expected + "; see lifesign replay --help");
  }
}
