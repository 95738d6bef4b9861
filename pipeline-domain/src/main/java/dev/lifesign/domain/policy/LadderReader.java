package dev.lifesign.domain.policy;

import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.cel.Expressions;
import dev.lifesign.domain.document.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the ladder of a case. */
final class LadderReader {

  private static final String LADDER = "ladder";
  private static final String FILTER = "filter";
  private static final String RAISE = "raise";

  /** More steps than anybody can tell apart. */
  private static final int MOST = 20;

  private final ConditionReader conditions;
  private final ExpressionReader expressions;

  LadderReader(ConditionReader conditions, ExpressionReader expressions) {
    this.conditions = conditions;
    this.expressions = expressions;
  }

  /**
   * The ladder.
   *
   * @param section the case
   * @param dues within how many working days someone should act
   * @return empty if no rung can be read
   */
  Optional<Case.Ladder> read(Section section, DueReader dues) {
    List<Section> sections = section.sections(LADDER);
    if (sections.isEmpty() && section.isList(LADDER)) {
      section.fault(LADDER, "expected at least one rung, but there is none; add one");
    }
    if (sections.size() > MOST) {
      section.fault(
          LADDER,
          "expected %d rungs or fewer, but there are %d; join some of them"
              .formatted(MOST, sections.size()));
    }
    Set<String> ids = new HashSet<>();
    List<Rung> rungs = new ArrayList<>();
    for (Section rung : sections) {
      String id = IdReader.plain(rung, ids);
      rung(rung, id, dues).ifPresent(rungs::add);
      rung.close();
    }
    return rungs.isEmpty() ? Optional.empty() : Optional.of(new Case.Ladder(rungs));
  }

  private Optional<Rung> rung(Section section, String id, DueReader dues) {
    Optional<Condition> when = conditions.read(section);
    long dwell = section.duration("dwell", "PT0S");
    SeverityRule severity = SeverityReader.read(section);
    Optional<Expression> filter = expressions.read(section, FILTER, Expressions.Scope.FILTER);
    if (filter.filter(one -> one.reads("event")).isPresent()) {
      when.ifPresent(condition -> requireEvent(section, condition, dwell));
    }
    OptionalInt own = dues.ofRung(section);
    boolean raise = raiseOnPublish(section);
    return when.map(condition -> new Rung(id, condition, dwell, severity, filter, own, raise));
  }

  /** Faults a filter that reads {@code event} where time, and not an event, lets the rung fire. */
  private static void requireEvent(Section section, Condition when, long dwell) {
    if (dwell > 0) {
      section.fault(
          FILTER, "reads event, but when dwell is over there is none; leave dwell or event out");
    } else if (beginsByTimeAlone(when)) {
      section.fault(
          FILTER,
          "reads event, but it is time that lets this condition begin, not an event; leave event out, or use on instead of ladder");
    }
  }

  private static boolean beginsByTimeAlone(Condition when) {
    return when instanceof Condition.Silent
        || when instanceof Condition.AliveBelow
        || when instanceof Condition.ActivityBelow
        || when instanceof Condition.AnniversaryAhead;
  }

  private static boolean raiseOnPublish(Section section) {
    if (!section.has("onPublish")) {
      return false;
    }
    String text = section.text("onPublish", RAISE);
    if (!text.equals(RAISE)) {
      section.fault("onPublish", "expected raise, but it is " + text + "; or leave it out");
    }
    return true;
  }
}
