package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import dev.lifesign.domain.time.Instants;
import java.util.OptionalInt;

/** Reads {@code due} of a case and of its rungs, which must come before {@code timeToLive}. */
final class DueReader {

  private static final String DUE = "due";
  private static final String TIME_TO_LIVE = "timeToLive";
  private static final String SIXTY_DAYS = "P60D";

  /** About four years: more is likely to be a mistake. */
  private static final int MOST = 1_000;

  private final Section section;
  private final long timeToLive;
  private final OptionalInt ofCase;

  /** Reads those of a case. */
  DueReader(Section section) {
    this.section = section;
    this.timeToLive = section.positiveDuration(TIME_TO_LIVE, SIXTY_DAYS);
    this.ofCase = own(section);
  }

  /** When an alert expires, milliseconds. */
  long timeToLive() {
    return timeToLive;
  }

  /** The working days of the case; empty for none. */
  OptionalInt ofCase() {
    return ofCase;
  }

  /** The working days of a rung: its own, none if it says null, or else those of its case. */
  OptionalInt ofRung(Section rung) {
    OptionalInt own = own(rung);
    return rung.keys().contains(DUE) ? own : ofCase;
  }

  private OptionalInt own(Section owner) {
    if (!owner.has(DUE)) {
      return OptionalInt.empty();
    }
    long days = owner.integer(DUE, 1, 1);
    if (days > MOST) {
      owner.fault(DUE, "expected %d working days or fewer, but it is %d".formatted(MOST, days));
    } else if (days * Instants.DAY >= timeToLive) {
      owner.fault(
          DUE,
          "is never reached (%d working %s), because the alert expires after timeToLive (%s); raise timeToLive or lower due"
              .formatted(days, days == 1 ? "day" : "days", section.text(TIME_TO_LIVE, SIXTY_DAYS)));
    }
    return OptionalInt.of((int) Math.min(MOST, days));
  }
}
