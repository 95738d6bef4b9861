package dev.lifesign.domain.policy;

import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.cel.Expressions;
import dev.lifesign.domain.document.Section;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;

/** Reads what a case with {@code on} has of its own. */
final class TriggerReader {

  private final ExpressionReader expressions;

  TriggerReader(ExpressionReader expressions) {
    this.expressions = expressions;
  }

  /**
   * The trigger.
   *
   * @param section the case
   * @return empty if its {@code match} cannot be read
   */
  Optional<EventTrigger> read(Section section) {
    SeverityRule severity = SeverityReader.read(section);
    Optional<Expression> endsWhen =
        expressions.read(section, "endsWhen", Expressions.Scope.ENDS_WHEN);
    boolean present = !section.isPlain("on") && !section.isList("on");
    Section on = section.section("on");
    Optional<Expression> match = expressions.read(on, "match", Expressions.Scope.MATCH);
    if (present && !on.has("match")) {
      on.fault(
          "match",
          "is missing; set it to an expression, such as \"event.family == 'support' && event.action == 'OPENED'\"");
    }
    int count = count(on);
    long within = Instants.FOREVER;
    if (on.has("within")) {
      within = on.positiveDuration("within", "P1D");
      if (count == 1) {
        on.fault("within", "does nothing while count is 1; set count, or leave within out");
      }
    }
    on.close();
    long limit = within;
    return match.map(events -> new EventTrigger(events, count, limit, severity, endsWhen));
  }

  private static int count(Section on) {
    long count = on.integer("count", 1, 1);
    if (count > EventTrigger.MOST) {
      on.fault("count", "expected 1 to %d, but it is %d".formatted(EventTrigger.MOST, count));
    }
    return (int) Math.min(EventTrigger.MOST, count);
  }
}
