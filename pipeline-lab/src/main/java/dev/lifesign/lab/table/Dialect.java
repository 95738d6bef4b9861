package dev.lifesign.lab.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the values of a row are separated and quoted.
 *
 * @param delimiter the character between values; {@link TableFormat#SPACES} for runs of white space
 * @param quote the character around values; {@link TableFormat#NO_QUOTE} for none
 * @param backslash whether a quote inside a quoted value is written with a backslash, not doubled
 */
public record Dialect(char delimiter, char quote, boolean backslash) {

  private static final Pattern SEP_LINE = Pattern.compile("sep=(.)", Pattern.CASE_INSENSITIVE);

  /** Preferred in this order where a sample has as many of the one as of the other. */
  private static final char[] CANDIDATES = {'\t', ';', '|', ','};

  /** The dialect of a sample, as far as it is not given. */
  static Dialect of(List<String> sample, TableFormat given) {
    char delimiter =
        given
            .delimiter()
            .or(() -> sample.isEmpty() ? Optional.empty() : delimiterLine(sample.get(0)))
            .orElseGet(() -> mostRegular(sample));
    char quote =
        given
            .quote()
            .orElse(
                delimiter == '\t' || delimiter == TableFormat.SPACES ? TableFormat.NO_QUOTE : '"');
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

  /** The candidate that most lines have equally often. */
  private static char mostRegular(List<String> sample) {
    char best = ',';
    long bestScore = 0;
    for (char candidate : CANDIDATES) {
      Map<Integer, Integer> linesByCount = new TreeMap<>();
      for (String line : sample) {
        int count = count(line, candidate);
        if (count > 0) {
          linesByCount.merge(count, 1, Integer::sum);
        }
      }
      for (Map.Entry<Integer, Integer> entry : linesByCount.entrySet()) {
        long score = 1_000L * entry.getValue() + entry.getKey();
        if (score > bestScore) {
          bestScore = score;
          best = candidate;
        }
      }
    }
    return best;
  }

  /** How often a character separates values in a line; a decimal comma does not. */
  private static int count(String line, char candidate) {
    int count = 0;
    boolean quoted = false;
    boolean others = line.indexOf(';') >= 0 || line.indexOf('\t') >= 0 || line.indexOf('|') >= 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      quoted ^= c == '"';
      if (c == candidate && !quoted) {
        boolean decimal =
            c == ','
                && others
                && i > 0
                && i + 1 < line.length()
                && Character.isDigit(line.charAt(i - 1))
                && Character.isDigit(line.charAt(i + 1));
        count += decimal ? 0 : 1;
      }
    }
    return count;
  }
}
