package dev.lifesign.lab.value;

import dev.lifesign.domain.event.RejectionReason;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Ids of customers as they stand in exports. */
public final class CustomerIds {

  /** What exports write where nobody is known, in lower case. */
  public static final Set<String> PLACEHOLDERS =
      Set.of(
          "0",
          "-1",
          "-",
          "--",
          "—",
          ".",
          "?",
          "n/a",
          "#n/a",
          "na",
          "nan",
          "nil",
          "none",
          "null",
          "\\n",
          "blank",
          "empty",
          "guest",
          "guest checkout",
          "gast",
          "invité",
          "invitado",
          "anonymous",
          "unknown",
          "undefined",
          "not set",
          "مهمان",
          "نامشخص");

  /** At most two zeros are a fraction; three may be thousands. */
  private static final Pattern WHOLE = Pattern.compile("(-?\\d+)[.,]0{1,2}");

  private static final Pattern SHORTENED = Pattern.compile("\\d([.,]\\d+)?[eE]\\+\\d+");

  private final Set<String> placeholders = new HashSet<>(PLACEHOLDERS);

  /**
   * Reads ids, some of which stand for nobody.
   *
   * @param more placeholders beside {@link #PLACEHOLDERS}, in any case
   */
  public CustomerIds(Collection<String> more) {
    more.forEach(text -> placeholders.add(text.strip().toLowerCase(Locale.ROOT)));
  }

  /**
   * The id: trimmed, with ASCII digits, {@code 17850.0} as {@code 17850}, an e-mail address in
   * lower case; empty for a placeholder.
   *
   * @throws UnreadableValue if a spreadsheet has shortened the number, as in {@code 5.00123E+11}
   */
  public String read(String text) throws UnreadableValue {
    String id = bare(Digits.ascii(text));
    if (id.isEmpty() || isPlaceholder(id)) {
      return "";
    }
    if (id.indexOf('@') > 0) {
      return id.toLowerCase(Locale.ROOT);
    }
    char last = id.charAt(id.length() - 1);
    if (last == '0' && WHOLE.matcher(id).matches()) {
      String whole = WHOLE.matcher(id).replaceFirst("$1");
      return isPlaceholder(whole) ? "" : whole;
    }
    if (last >= '0' && last <= '9' && SHORTENED.matcher(id).matches()) {
      throw new UnreadableValue(
          RejectionReason.INVALID_FIELD,
          "customers whose number was shortened",
          "The customer "
              + id
              + " is a number that a spreadsheet has shortened, so that several customers look the"
              + " same; export the file again and do not save it from a spreadsheet");
    }
    return id;
  }

  /** Without what spreadsheets put around text that looks like a number. */
  private static String bare(String id) {
    if (id.startsWith("=\"") && id.endsWith("\"") && id.length() > 3) {
      return id.substring(2, id.length() - 1).strip();
    }
    return id.length() > 1 && id.charAt(0) == '\'' ? id.substring(1).strip() : id;
  }

  private boolean isPlaceholder(String id) {
    if (id.length() > 40) {
      return false;
    }
    String folded = id.toLowerCase(Locale.ROOT);
    char first = folded.charAt(0);
    char last = folded.charAt(folded.length() - 1);
    boolean enclosed =
        (first == '(' && last == ')')
            || (first == '[' && last == ']')
            || (first == '<' && last == '>');
    return placeholders.contains(folded)
        || (enclosed && placeholders.contains(folded.substring(1, folded.length() - 1).strip()));
  }
}
