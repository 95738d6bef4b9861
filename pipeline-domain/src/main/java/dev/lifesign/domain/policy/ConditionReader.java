package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Section;
import dev.lifesign.domain.time.Instants;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads {@code when} of a rung (semantics, Alerts). */
final class ConditionReader {

  private static final String IN = "in";
  private static final String AHEAD = "ahead";
  private static final String BELOW = "below";
  private static final List<String> KINDS =
      List.of("status", "segment", "pAlive", "activity", "silence", "renewal", "anniversary");
  private static final BigDecimal FULL_SCORE = BigDecimal.valueOf(100);

  /** Stands in for a score that cannot be read, so that it has no second fault. */
  private static final BigDecimal SOME_SCORE = BigDecimal.valueOf(99);

  private static final int DAYS_OF_YEAR = 365;

  private final List<String> segments;
  private final boolean model;

  /**
   * A reader for the conditions of a policy.
   *
   * @param segments the names of its segments
   * @param model whether it has a purchase model
   */
  ConditionReader(List<String> segments, boolean model) {
    this.segments = List.copyOf(segments);
    this.model = model;
  }

  /** The condition of a rung; empty if it has not exactly one. */
  Optional<Condition> read(Section rung) {
    if (!rung.has("when")) {
      rung.fault("when", "is missing; set a condition, such as { status: { in: [AT_RISK] } }");
      return Optional.empty();
    }
    boolean readable = !rung.isPlain("when") && !rung.isList("when");
    Section when = rung.section("when");
    List<String> kinds = KINDS.stream().filter(when::has).toList();
    when.close();
    if (kinds.size() == 1) {
      return Optional.of(condition(kinds.get(0), when.section(kinds.get(0))));
    }
    if (kinds.size() > 1) {
      rung.fault(
          "when",
          "expected one condition, but there are %s; keep one, and use filter, or another rung, for the other"
              .formatted(String.join(" and ", kinds)));
    } else if (readable) {
      rung.fault("when", "expected a condition: one of " + String.join(", ", KINDS));
    }
    return Optional.empty();
  }

  private Condition condition(String kind, Section section) {
    Condition condition =
        switch (kind) {
          case "status" -> StatusConditionReader.read(section);
          case "segment" -> segment(section);
          case "pAlive" -> alive(section);
          case "activity" -> activity(section);
          case "silence" -> silence(section);
          case "renewal" -> new Condition.RenewalAhead(positive(section, AHEAD, "P30D"));
          default -> new Condition.AnniversaryAhead(days(section));
        };
    section.close();
    return condition;
  }

  private Condition segment(Section section) {
    List<String> names = section.textList(IN);
    for (String name : names) {
      if (!segments.contains(name)) {
        section.fault(
            IN,
            "%s is no segment of this policy; expected any of %s"
                .formatted(name, String.join(", ", segments)));
      }
    }
    if (names.isEmpty() && !section.isPlain(IN)) {
      section.fault(IN, "expected at least one segment, but there is none");
    }
    required(section, IN, "[" + (segments.isEmpty() ? "" : segments.get(0)) + "]");
    return new Condition.InSegment(Set.copyOf(names));
  }

  private Condition alive(Section section) {
    required(section, BELOW, "0.5");
    BigDecimal below = section.positive(BELOW, new BigDecimal("0.5"));
    if (below.compareTo(BigDecimal.ONE) >= 0) {
      section.fault(BELOW, "expected a probability between 0 and 1, but it is " + below);
    }
    if (!model) {
      section.fault(
          BELOW,
          "needs the section model, but it is missing; let lifesign fit write it, or use silence instead of pAlive");
    }
    return new Condition.AliveBelow(below.doubleValue());
  }

  private static Condition activity(Section section) {
    required(section, BELOW, "20");
    BigDecimal below = score(section, BELOW);
    if (!section.has("until")) {
      return new Condition.ActivityBelow(below.doubleValue(), OptionalDouble.empty());
    }
    BigDecimal until = score(section, "until");
    if (until.compareTo(below) < 0) {
      section.fault(
          "until",
          "%s is less than %s (%s); the condition would end as it begins"
              .formatted(until, section.pathOf(BELOW), below));
    }
    return new Condition.ActivityBelow(below.doubleValue(), OptionalDouble.of(until.doubleValue()));
  }

  private static BigDecimal score(Section section, String key) {
    BigDecimal score = section.positive(key, SOME_SCORE);
    if (score.compareTo(FULL_SCORE) >= 0) {
      section.fault(
          key, "expected a score below 100, because no customer reaches 100, but it is " + score);
    }
    return score;
  }

  private static Condition silence(Section section) {
    required(section, "of", "PURCHASE");
    Condition.Silent.Kind kind =
        section.choice(
            "of",
            Condition.Silent.Kind.PURCHASE,
            List.of(Condition.Silent.Kind.values()),
            Enum::name);
    return new Condition.Silent(kind, positive(section, "for", "P30D"));
  }

  private static long positive(Section section, String key, String example) {
    required(section, key, example);
    return section.positiveDuration(key, example);
  }

  private static int days(Section section) {
    required(section, AHEAD, "P14D");
    long ahead = section.duration(AHEAD, "P14D");
    if (ahead % Instants.DAY != 0 || ahead >= DAYS_OF_YEAR * Instants.DAY) {
      section.fault(
          AHEAD,
          "expected whole days, fewer than %d, but it is %s"
              .formatted(DAYS_OF_YEAR, section.text(AHEAD, "")));
      return 0;
    }
    return (int) (ahead / Instants.DAY);
  }

  private static void required(Section section, String key, String example) {
    if (!section.has(key)) {
      section.fault(key, "is missing; set it, for example to " + example);
    }
  }
}
