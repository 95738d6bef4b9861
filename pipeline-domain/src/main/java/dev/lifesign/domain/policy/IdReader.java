package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the ids of cases and rungs. */
final class IdReader {

  private static final String ID = "id";
  private static final int LONGEST = 64;

  /** They stand in columns, labels and addresses, so they are plain and short. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST - 1) + "}");

  private IdReader() {}

  /** The required id of a section: plain, short, and different from those before it. */
  static String plain(Section section, Set<String> before) {
    String id = unique(section, before);
    if (!id.isEmpty() && !PLAIN.matcher(id).matches()) {
      section.fault(
          ID,
          "expected at most %d letters (a to z), digits, dots, hyphens and underscores, beginning with a letter or a digit, but it is %s"
              .formatted(LONGEST, id.length() > LONGEST ? id.substring(0, LONGEST) + "…" : id));
    }
    return id;
  }

  /** The required id of a section, which none before it may have. */
  static String unique(Section section, Set<String> before) {
    String id = section.requiredText(ID);
    if (!id.isEmpty() && !before.add(id)) {
      section.fault(ID, "expected a unique id, but " + id + " is used twice; rename one");
    }
    return id;
  }
}
