package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import java.util.OptionalInt;

/** Reads {@code due} of a case or a rung. */
final class DueReader {

  private static final String DUE = "due";

  /** About four years: more is likely to be a mistake. */
  private static final int MOST = 1_000;

  private DueReader() {}

  /** The working days; empty for none. */
  static OptionalInt read(Section section) {
    if (!section.has(DUE)) {
      return OptionalInt.empty();
    }
    long days = section.integer(DUE, 1, 1);
    if (days > MOST) {
      section.fault(DUE, "expected %d working days or fewer, but it is %d".formatted(MOST, days));
    }
    return OptionalInt.of((int) Math.min(MOST, days));
  }

  /** The working days of a rung: its own, none if it says null, or else those of its case. */
  static OptionalInt read(Section rung, OptionalInt ofCase) {
    OptionalInt own = read(rung);
    return rung.keys().contains(DUE) ? own : ofCase;
  }
}
