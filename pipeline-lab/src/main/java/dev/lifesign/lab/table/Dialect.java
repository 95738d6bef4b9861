package dev.lifesign.lab.table;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the values of a row are separated and quoted.
 *
 * @param delimiter the character between values; {@link TableFormat#SPACES} for runs of white space
 * @param quote the character around values; {@link TableFormat#NO_QUOTE} for none, as where the
 *     usual one is the delimiter
 * @param backslash whether a quote inside a quoted value is written with a backslash, not doubled
 */
public record Dialect(char delimiter, char quote, boolean backslash) {

  private static final Pattern SEP_LINE = Pattern.compile("sep=(.)", Pattern.CASE_INSENSITIVE);

  /** The dialect of a sample, as far as it is not given. */
  static Dialect of(List<String> sample, TableFormat given) {
    char delimiter =
        given
            .delimiter()
            .or(() -> sample.isEmpty() ? Optional.empty() : delimiterLine(sample.get(0)))
            .orElseGet(() -> Delimiters.mostRegular(sample));
    char usual = delimiter == '\t' || delimiter == TableFormat.SPACES ? TableFormat.NO_QUOTE : '"';
    char wanted = given.quote().orElse(usual);
    char quote = wanted == delimiter ? TableFormat.NO_QUOTE : wanted;
    String escaped = "\\" + quote;
    boolean backslash =
        quote != TableFormat.NO_QUOTE
            && sample.stream().anyMatch(line -> isEscape(line, escaped, delimiter))
            && sample.stream().noneMatch(line -> hasDoubled(line, quote, delimiter));
    return new Dialect(delimiter, quote, backslash);
  }

  /** The delimiter that a first line such as {@code sep=;} gives to Excel. */
  static Optional<Character> delimiterLine(String line) {
    Matcher matcher = SEP_LINE.matcher(line.strip());
    return matcher.matches() ? Optional.of(matcher.group(1).charAt(0)) : Optional.empty();
  }

  private static boolean isEscape(String line, String escaped, char delimiter) {
    for (int at = line.indexOf(escaped); at >= 0; at = line.indexOf(escaped, at + 2)) {
      int next = at + 2;
      if (next < line.length() && line.charAt(next) != delimiter) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDoubled(String line, char quote, char delimiter) {
    String doubled = "" + quote + quote;
    for (int at = line.indexOf(doubled); at >= 0; at = line.indexOf(doubled, at + 2)) {
      boolean emptyValue =
          (at == 0 || line.charAt(at - 1) == delimiter)
              && (at + 2 == line.length() || line.charAt(at + 2) == delimiter);
      if (!emptyValue) {
        return true;
      }
    }
    return false;
  }
}
