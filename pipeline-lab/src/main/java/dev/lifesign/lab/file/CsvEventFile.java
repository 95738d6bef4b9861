package dev.lifesign.lab.file;

import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.lab.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A shop's export: purchases and refunds in CSV, with amounts in major units. */
public final class CsvEventFile implements EventFile {

  private static final Set<String> REFUND_TYPES =
      Set.of("REFUND", "RETURN", "CANCELLATION", "CANCELLED", "CANCELED", "CREDIT");
  private static final int DEFAULT_DIGITS = 2;

  private final Path file;
  private final CsvMapping mapping;
  private final String baseCurrency;

  /**
   * A CSV file.
   *
   * @param baseCurrency the currency of rows without one
   */
  public CsvEventFile(Path file, CsvMapping mapping, String baseCurrency) {
    this.file = file;
    this.mapping = mapping;
    this.baseCurrency = baseCurrency;
  }

  @Override
  public long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw JsonLinesFile.unreadable(file, e);
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void read(Consumer<Line> lines) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      if (mapping.delimiter() == ' ') {
        readSpaced(reader, lines);
      } else {
        readCsv(reader, lines);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(
          "Expected CSV in %s, but it cannot be read: %s; check --events and --csv delimiter"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private void readCsv(BufferedReader reader, Consumer<Line> lines) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(mapping.delimiter())
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();
    try (CSVParser parser = CSVParser.parse(reader, format)) {
      Optional<Map<String, Integer>> header = Optional.empty();
      long number = 1;
      for (CSVRecord record : parser) {
        if (mapping.header() && header.isEmpty()) {
          header = Optional.of(header(record.toList()));
        } else {
          String text = String.join(String.valueOf(mapping.delimiter()), record.toList());
          lines.accept(line(number, record.toList(), header, text));
        }
        number = parser.getCurrentLineNumber() + 1;
      }
    }
  }

  private void readSpaced(BufferedReader reader, Consumer<Line> lines) throws IOException {
    Optional<Map<String, Integer>> header = Optional.empty();
    long number = 0;
    for (String text = reader.readLine(); text != null; text = reader.readLine()) {
      number++;
      if (text.isBlank()) {
        continue;
      }
      List<String> values = List.of(text.strip().split("\\s+"));
      if (mapping.header() && header.isEmpty()) {
        header = Optional.of(header(values));
      } else {
        lines.accept(line(number, values, header, text));
      }
    }
  }

  private Map<String, Integer> header(List<String> names) {
    Map<String, Integer> indexes = new java.util.HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      indexes.put(names.get(i).replace("\uFEFF", ""), i);
    }
    for (String column : mapping.columns().values()) {
      if (!indexes.containsKey(column) && !column.matches("\\d+")) {
        throw new UserError(
            "--csv: expected the columns of %s to include %s, but they are %s"
                .formatted(file, column, names));
      }
    }
    return indexes;
  }

  private Line line(
      long number, List<String> values, Optional<Map<String, Integer>> header, String text) {
    try {
      Row row = new Row(values, header);
      Event event = event(number, row);
      return Line.of(number, event.occurredAt(), event, text);
    } catch (RowException e) {
      return Line.unreadable(number, e.rejection, text);
    }
  }

  /** A row that is not an event. */
  private static final class RowException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Rejection rejection;

    RowException(RejectionReason reason, String message) {
      super(message, null, false, false);
      rejection = new Rejection(reason, message);
    }
  }

  /** A row's values by field. */
  private final class Row {
    private final List<String> values;
    private final Optional<Map<String, Integer>> header;

    Row(List<String> values, Optional<Map<String, Integer>> header) {
      this.values = values;
      this.header = header;
    }

    String of(String field) {
      String column = mapping.columns().get(field);
      if (column == null) {
        return "";
      }
      int index =
          header.map(names -> names.get(column)).orElseGet(() -> Integer.parseInt(column) - 1);
      return index >= 0 && index < values.size() ? values.get(index).strip() : "";
    }

    String required(String field) {
      String value = of(field);
      if (value.isEmpty()) {
        throw new RowException(
            RejectionReason.MISSING_FIELD,
            "Expected a value in column %s (%s), but it is empty"
                .formatted(mapping.columns().get(field), field));
      }
      return value;
    }
  }

  private Event event(long number, Row row) {
    String currency = mapping.constantCurrency().orElseGet(() -> row.of("currency"));
    if (currency.isEmpty()) {
      currency = baseCurrency;
    }
    long amount = minorUnits(row.required("amount"), currency);
    boolean refund = isRefund(row, amount);
    String id = row.of("id");
    return new Purchase(
        id.isEmpty() ? "line-" + number : id,
        row.required("customer"),
        time(row.required("time")),
        refund ? Purchase.Action.REFUND : Purchase.Action.PURCHASE,
        row.of("order"),
        refund ? Math.abs(amount) : amount,
        currency,
        List.of(),
        "");
  }

  private boolean isRefund(Row row, long amount) {
    if (mapping.refunds() == CsvMapping.Refunds.NONE) {
      return false;
    }
    return amount < 0
        || REFUND_TYPES.contains(row.of("type").toUpperCase(Locale.ROOT))
        || (mapping.refunds() == CsvMapping.Refunds.C && row.of("order").startsWith("C"));
  }

  private static long minorUnits(String text, String currency) {
    try {
      return new BigDecimal(text.replace(" ", ""))
          .movePointRight(digits(currency))
          .setScale(0, RoundingMode.HALF_EVEN)
          .longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw new RowException(
          RejectionReason.INVALID_FIELD, "Expected an amount such as 12.50, but it is " + text);
    }
  }

  private static int digits(String currency) {
    try {
      int digits = Currency.getInstance(currency).getDefaultFractionDigits();
      return digits < 0 ? DEFAULT_DIGITS : digits;
    } catch (IllegalArgumentException e) {
      return DEFAULT_DIGITS;
    }
  }

  private long time(String text) {
    try {
      return mapping.format().isPresent() ? at(mapping.format().get().parse(text)) : iso(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw new RowException(
          RejectionReason.INVALID_FIELD,
          "Expected a time in %s, but it is %s; see --csv format"
              .formatted(mapping.format().map(f -> "the given format").orElse("ISO 8601"), text));
    }
  }

  private long iso(String text) {
    return Stream.of(
            DateTimeFormatter.ISO_DATE_TIME,
            DateTimeFormatter.ISO_DATE,
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT))
        .map(format -> attempt(format, text))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new DateTimeException(text));
  }

  private Optional<Long> attempt(DateTimeFormatter format, String text) {
    try {
      return Optional.of(at(format.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private long at(TemporalAccessor parsed) {
    TemporalAccessor best =
        Stream.<Optional<TemporalAccessor>>of(
                whole(parsed, OffsetDateTime::from),
                whole(parsed, LocalDateTime::from),
                whole(parsed, LocalDate::from))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> new DateTimeException("no date"));
    Instant instant;
    if (best instanceof OffsetDateTime offset) {
      instant = offset.toInstant();
    } else if (best instanceof LocalDateTime local) {
      instant = local.atZone(mapping.zone()).toInstant();
    } else {
      instant = LocalDate.from(best).atStartOfDay(mapping.zone()).toInstant();
    }
    return instant.toEpochMilli();
  }

  private static Optional<TemporalAccessor> whole(
      TemporalAccessor parsed, java.util.function.Function<TemporalAccessor, TemporalAccessor> as) {
    try {
      return Optional.of(as.apply(parsed));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
