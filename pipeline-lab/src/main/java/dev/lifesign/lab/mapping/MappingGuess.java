package dev.lifesign.lab.mapping;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.value.Amounts;
import dev.lifesign.lab.value.DateOptions;
import dev.lifesign.lab.value.Dates;
import dev.lifesign.lab.value.DecimalSign;
import dev.lifesign.lab.value.Digits;
import dev.lifesign.lab.value.UnreadableValue;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mapping that is guessed from the header and the first rows of a table.
 *
 * @param mapping the mapping
 * @param yaml the same as text, with the reasons as comments
 * @param remarks what was found, and what is in doubt, a sentence each
 */
public record MappingGuess(Mapping mapping, String yaml, List<String> remarks) {

  /** The columns by which a vendor's export is recognised, each with its possible names. */
  private static final Map<String, List<List<String>>> SIGNATURES = signatures();

  /** A date with a Jalali year: with signs between its numbers, or 8, 12 or 14 digits. */
  private static final Pattern JALALI =
      Pattern.compile(
          "1[345]\\d\\d(?:([-/.])\\d{1,2}\\1\\d{1,2}|\\d{4}(?:\\d{4}(?:\\d{2})?)?)(?!\\d).*");

  private static final int MOST_CUSTOMER_COLUMNS = 3;

  /** Keeps its own copy of the remarks. */
  public MappingGuess {
    remarks = List.copyOf(remarks);
  }

  private static Map<String, List<List<String>>> signatures() {
    Map<String, List<List<String>>> all = new LinkedHashMap<>();
    all.put(
        "shopify",
        List.of(
            List.of("Name"),
            List.of("Email"),
            List.of("Financial Status"),
            List.of("Created at"),
            List.of("Total")));
    all.put(
        "stripe-subscriptions",
        List.of(List.of("id"), List.of("Current Period End (UTC)"), List.of("Status")));
    all.put(
        "stripe-payments",
        List.of(
            List.of("id"),
            List.of("Amount"),
            List.of("Amount Refunded"),
            List.of("Created (UTC)", "Created date (UTC)", "Created date")));
    all.put(
        "online-retail",
        List.of(
            List.of("StockCode"),
            List.of("InvoiceDate"),
            List.of("Quantity"),
            List.of("UnitPrice", "Price")));
    all.put(
        "woocommerce",
        List.of(
            List.of("billing_email", "Billing Email", "Email (Billing)", "customer_email"),
            List.of("order_total", "Order Total Amount", "Order Total"),
            List.of("status", "order_status", "Order Status"),
            List.of("date_created", "order_date", "Order Date", "date")));
    return all;
  }

  /**
   * Guesses the mapping of a table, for times without a zone in UTC.
   *
   * @throws UserError if the table cannot be read, or no columns of customer, time and amount are
   *     found in it
   */
  public static MappingGuess of(Path file) {
    return of(file, ZoneOffset.UTC);
  }

  /**
   * Guesses the mapping of a table.
   *
   * @param zone the zone of times without one
   * @throws UserError if the table cannot be read, or no columns of customer, time and amount are
   *     found in it
   */
  public static MappingGuess of(Path file, ZoneId zone) {
    Sample sample = Sample.of(file);
    List<String> remarks = new ArrayList<>();
    StringBuilder yaml = new StringBuilder();
    Optional<String> preset = preset(sample.header());
    if (preset.isPresent()) {
      remarks.add("The columns are those of the preset %s".formatted(preset.get()));
      yaml.append(MappingPresets.text(preset.get()));
    } else {
      yaml.append("# Guessed from the header and the first rows; check each line.\nversion: 1\n");
      columns(file, sample)
          .forEach(
              (field, columns) ->
                  append(
                      yaml,
                      field,
                      columns.stream().map(column -> unique(column, sample, remarks)).toList()));
    }
    Mapping columns = read(file, yaml.toString(), zone);
    addForm(sample, yaml, remarks);
    addDates(sample, columns, yaml, remarks);
    addAmounts(sample, columns, yaml, remarks);
    return new MappingGuess(read(file, yaml.toString(), zone), yaml.toString(), remarks);
  }

  private static Mapping read(Path file, String yaml, ZoneId zone) {
    MappingReading reading = MappingReader.read(yaml, zone);
    return reading
        .mapping()
        .orElseThrow(
            () ->
                new UserError(
                    "The columns of %s could not be guessed: %s; write a mapping, starting from lifesign mapping preset generic"
                        .formatted(file, reading.faults().get(0))));
  }

  private static Optional<String> preset(List<String> header) {
    return SIGNATURES.entrySet().stream()
        .filter(
            entry ->
                entry.getValue().stream()
                    .allMatch(names -> names.stream().anyMatch(header::contains)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Map<Field, List<String>> columns(Path file, Sample sample) {
    Map<Field, List<String>> found = new EnumMap<>(Field.class);
    for (Field field : KnownNames.fields()) {
      List<String> columns =
          KnownNames.of(field).stream()
              .flatMap(
                  name -> sample.header().stream().filter(c -> KnownNames.folded(c).equals(name)))
              .distinct()
              .limit(field == Field.CUSTOMER ? MOST_CUSTOMER_COLUMNS : 1)
              .toList();
      if (!columns.isEmpty()) {
        found.put(field, columns);
      }
    }
    if (!found.containsKey(Field.TIME)) {
      sample.header().stream()
          .filter(column -> areDates(sample.values(column)))
          .findFirst()
          .ifPresent(column -> found.put(Field.TIME, List.of(column)));
    }
    if (found.containsKey(Field.AMOUNT)) {
      found.remove(Field.PRICE);
    }
    List<String> missing = new ArrayList<>();
    for (Field field : List.of(Field.CUSTOMER, Field.TIME)) {
      if (!found.containsKey(field)) {
        missing.add(field.key());
      }
    }
    if (!found.containsKey(Field.AMOUNT)
        && !(found.containsKey(Field.QUANTITY) && found.containsKey(Field.PRICE))) {
      missing.add(Field.AMOUNT.key());
    }
    if (!missing.isEmpty()) {
      throw new UserError(
          "%s: no column of %s was recognised among %s; write a mapping, starting from lifesign mapping preset generic"
              .formatted(file, String.join(" and ", missing), sample.header()));
    }
    return found;
  }

  /** The name of a column, or its number if others have the same name. */
  private static String unique(String column, Sample sample, List<String> remarks) {
    List<String> header = sample.header();
    int first = header.indexOf(column);
    if (first == header.lastIndexOf(column)) {
      return column;
    }
    remarks.add(
        "Several columns have the name %s; the first of them, number %d, is taken"
            .formatted(column, first + 1));
    return String.valueOf(first + 1);
  }

  private static boolean areDates(List<String> values) {
    Dates dates =
        new Dates(
            new DateOptions(
                List.of(),
                ZoneOffset.UTC,
                DateOptions.Order.DAY_FIRST,
                DateOptions.Calendar.GREGORIAN));
    long read = values.stream().filter(value -> value.length() > 5 && isDate(dates, value)).count();
    return !values.isEmpty() && read * 5 >= values.size() * 4L;
  }

  private static boolean isDate(Dates dates, String value) {
    try {
      dates.read(value);
      return true;
    } catch (UnreadableValue e) {
      return false;
    }
  }

  private static void append(StringBuilder yaml, Field field, List<String> columns) {
    List<String> quoted = columns.stream().map(MappingGuess::quoted).toList();
    yaml.append(field.key())
        .append(": ")
        .append(quoted.size() == 1 ? quoted.get(0) : "[" + String.join(", ", quoted) + "]")
        .append('\n');
  }

  private static String quoted(String text) {
    boolean plain = text.matches("[\\p{L}][\\p{L}\\p{N} _]*");
    return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static void add(
      StringBuilder yaml, List<String> remarks, String key, String value, String why) {
    yaml.append(key).append(": ").append(value).append("  # ").append(why).append('\n');
    remarks.add(key + " is " + value + ": " + why);
  }

  private static void addForm(Sample sample, StringBuilder yaml, List<String> remarks) {
    char delimiter = sample.dialect().delimiter();
    if (delimiter != ',') {
      String name =
          switch (delimiter) {
            case ';' -> "semicolon";
            case '\t' -> "tab";
            case '|' -> "pipe";
            default -> "\"" + delimiter + "\"";
          };
      add(yaml, remarks, "delimiter", name, "it separates the columns of most lines");
    }
    sample
        .fallback()
        .ifPresent(
            encoding ->
                // Other lines are UTF-8, so that no encoding is right for all of them.
                remarks.add(
                    "Some lines are not UTF-8 and are read as %s; set encoding if all lines are in another one"
                        .formatted(encoding.name())));
  }

  private static void addDates(
      Sample sample, Mapping mapping, StringBuilder yaml, List<String> remarks) {
    List<String> times = values(sample, mapping, Field.TIME).stream().map(Digits::ascii).toList();
    long jalali = times.stream().filter(text -> JALALI.matcher(text).matches()).count();
    if (jalali * 2 > times.size()) {
      add(yaml, remarks, "calendar", "jalali", "most years lie between 1300 and 1599");
      return;
    }
    if (mapping.dates().order() != DateOptions.Order.AUTO) {
      return;
    }
    long dayFirst = shows(times, DateOptions.Order.DAY_FIRST);
    long monthFirst = shows(times, DateOptions.Order.MONTH_FIRST);
    boolean open = shows(times, DateOptions.Order.AUTO) > 0;
    if (dayFirst > 0 && monthFirst == 0) {
      add(yaml, remarks, "dates", "day-first", "some days are above 12, and no month is");
    } else if (monthFirst > 0 && dayFirst == 0) {
      add(yaml, remarks, "dates", "month-first", "some days are above 12, and they come second");
    } else if (open) {
      remarks.add("Set dates to day-first or month-first: the rows read do not show which it is");
    }
  }

  private static long shows(List<String> times, DateOptions.Order order) {
    return times.stream().filter(text -> Dates.order(text).equals(Optional.of(order))).count();
  }

  private static void addAmounts(
      Sample sample, Mapping mapping, StringBuilder yaml, List<String> remarks) {
    Field field = mapping.source(Field.AMOUNT).isPresent() ? Field.AMOUNT : Field.PRICE;
    List<String> amounts = values(sample, mapping, field);
    long points = amounts.stream().filter(text -> fits(text, DecimalSign.POINT)).count();
    long commas = amounts.stream().filter(text -> fits(text, DecimalSign.COMMA)).count();
    // What no sign makes a number, such as a repeated header, says nothing.
    boolean open =
        amounts.stream()
            .anyMatch(
                text ->
                    !fits(text, DecimalSign.AUTO)
                        && (fits(text, DecimalSign.POINT) || fits(text, DecimalSign.COMMA)));
    if (open && points != commas) {
      add(
          yaml,
          remarks,
          "decimal",
          points > commas ? "point" : "comma",
          "more amounts can be read with it");
    } else if (open) {
      remarks.add("Set decimal to point or comma: the rows read do not show which it is");
    }
    if (mapping.source(Field.CURRENCY).isEmpty()) {
      List<String> named =
          amounts.stream()
              .map(MappingGuess::currency)
              .flatMap(Optional::stream)
              .distinct()
              .toList();
      if (named.size() == 1) {
        add(yaml, remarks, "currency", named.get(0), "the amounts name it");
      } else if (named.isEmpty()) {
        remarks.add(
            "No column of the currency was found; amounts are taken to be in the base currency of the policy");
      }
    }
  }

  private static boolean fits(String text, DecimalSign sign) {
    try {
      new Amounts(sign, false).read(text, "");
      return true;
    } catch (UnreadableValue e) {
      return false;
    }
  }

  private static Optional<String> currency(String text) {
    for (DecimalSign sign : DecimalSign.values()) {
      try {
        return new Amounts(sign, false).read(text, "").currency();
      } catch (UnreadableValue e) {
        // Another sign may fit.
      }
    }
    return Optional.empty();
  }

  private static List<String> values(Sample sample, Mapping mapping, Field field) {
    return mapping.source(field).map(Source::columns).orElse(List.of()).stream()
        .filter(sample::has)
        .findFirst()
        .map(sample::values)
        .orElse(List.of());
  }
}
