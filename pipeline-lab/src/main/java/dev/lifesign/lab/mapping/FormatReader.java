package dev.lifesign.lab.mapping;

import dev.lifesign.domain.document.Section;
import dev.lifesign.lab.table.TableFormat;
import dev.lifesign.lab.value.Amounts;
import dev.lifesign.lab.value.DateOptions;
import dev.lifesign.lab.value.Dates;
import dev.lifesign.lab.value.DecimalSign;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the keys of a mapping that say how a table and its values are written. */
final class FormatReader {

  private static final Map<String, Character> DELIMITERS = new LinkedHashMap<>();
  private static final Map<String, Character> QUOTES = new LinkedHashMap<>();

  static {
    DELIMITERS.put("comma", ',');
    DELIMITERS.put("semicolon", ';');
    DELIMITERS.put("tab", '\t');
    DELIMITERS.put("pipe", '|');
    DELIMITERS.put("space", TableFormat.SPACES);
    QUOTES.put("double", '"');
    QUOTES.put("single", '\'');
    QUOTES.put("none", TableFormat.NO_QUOTE);
  }

  private final Section root;
  private final ZoneId zone;

  /**
   * A reader.
   *
   * @param zone the default for the zone of times without one
   */
  FormatReader(Section root, ZoneId zone) {
    this.root = root;
    this.zone = zone;
  }

  Amounts amounts() {
    boolean minor =
        root.choice("amounts", "major", List.of("major", "minor"), name -> name).equals("minor");
    return new Amounts(
        root.choice(
            "decimal",
            DecimalSign.AUTO,
            List.of(DecimalSign.values()),
            sign -> sign.name().toLowerCase(Locale.ROOT)),
        minor);
  }

  DateOptions dates() {
    DateOptions options =
        new DateOptions(
            MappingReader.list(root, "format"),
            zone(),
            root.choice(
                "dates",
                DateOptions.Order.AUTO,
                List.of(DateOptions.Order.values()),
                order -> order.name().toLowerCase(Locale.ROOT).replace('_', '-')),
            root.choice(
                "calendar",
                DateOptions.Calendar.GREGORIAN,
                List.of(DateOptions.Calendar.values()),
                calendar -> calendar.name().toLowerCase(Locale.ROOT)));
    try {
      new Dates(options);
    } catch (IllegalArgumentException e) {
      root.fault(
          "format",
          "expected a date pattern such as yyyy-MM-dd HH:mm:ss, but it is %s: %s"
              .formatted(String.join(", ", options.formats()), e.getMessage()));
    }
    return options;
  }

  private ZoneId zone() {
    String name = root.text("zone", "");
    try {
      return name.isEmpty() ? zone : ZoneId.of(name);
    } catch (DateTimeException e) {
      root.fault("zone", "expected a time zone such as Europe/Paris, but it is " + name);
      return zone;
    }
  }

  /**
   * The form of the table.
   *
   * @param sources whose columns must be numbers if the table has no header
   */
  TableFormat table(Map<Field, Source> sources) {
    Optional<Boolean> header = header();
    Optional<Character> delimiter = character("delimiter", DELIMITERS);
    Optional<Character> quote = character("quote", QUOTES);
    if (quote.isPresent() && quote.equals(delimiter)) {
      root.fault("quote", "is the delimiter too; choose another");
    }
    if (header.isPresent() && !header.get()) {
      sources.forEach(this::requireNumbers);
    }
    return new TableFormat(encoding(), delimiter, quote, header);
  }

  private void requireNumbers(Field field, Source source) {
    for (String column : source.columns()) {
      if (!Source.isNumber(column)) {
        root.fault(
            field.key(),
            "%s is a name, but header is false; give the column's number, or leave header out"
                .formatted(column));
      }
    }
  }

  private Optional<Boolean> header() {
    String text = root.text("header", "").strip().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "" -> Optional.empty();
      case "true", "yes" -> Optional.of(true);
      case "false", "no" -> Optional.of(false);
      default -> {
        root.fault("header", "expected true or false, but it is " + text);
        yield Optional.empty();
      }
    };
  }

  private Optional<Charset> encoding() {
    String name = root.text("encoding", "").strip();
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException e) {
      root.fault(
          "encoding", "expected an encoding such as UTF-8 or windows-1252, but it is " + name);
      return Optional.empty();
    }
  }

  private Optional<Character> character(String key, Map<String, Character> names) {
    String text = root.text(key, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (names.containsKey(text)) {
      return Optional.of(names.get(text));
    }
    if (text.length() == 1 && text.charAt(0) != '\n' && text.charAt(0) != '\r') {
      return Optional.of(text.charAt(0));
    }
    root.fault(
        key,
        "expected %s or one character, but it is %s"
            .formatted(String.join(", ", names.keySet()), text));
    return Optional.empty();
  }
}
