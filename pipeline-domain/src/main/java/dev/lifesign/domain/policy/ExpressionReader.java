package dev.lifesign.domain.policy;

import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.cel.Expressions;
import dev.lifesign.domain.document.Section;
import java.util.Optional;

/** Reads the CEL expressions of a policy. */
final class ExpressionReader {

  private static final String ALIVE = "customer.pAlive";

  private final boolean model;

  /**
   * A reader for the expressions of a policy.
   *
   * @param model whether it has a purchase model
   */
  ExpressionReader(boolean model) {
    this.model = model;
  }

  /** The expression at a key; empty if there is none, or if it has faults. */
  Optional<Expression> read(Section section, String key, Expressions.Scope scope) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    if (!section.isPlain(key)) {
      section.fault(key, "expected an expression as text; put it in quotes");
      return Optional.empty();
    }
    Expressions.Compiled compiled = Expressions.compile(section.text(key, ""), scope);
    for (Expressions.Problem problem : compiled.problems()) {
      section.fault(
          key,
          "line %d, column %d: %s".formatted(problem.line(), problem.column(), problem.message()));
    }
    compiled.expression().ifPresent(expression -> check(section, key, scope, expression));
    return compiled.expression();
  }

  private void check(Section section, String key, Expressions.Scope scope, Expression expression) {
    if (scope != Expressions.Scope.FILTER && expression.families().isEmpty()) {
      section.fault(
          key,
          "no event can make this true; ask for a family, and for actions and fields that it has");
    }
    if (!model && expression.reads(ALIVE)) {
      section.fault(
          key,
          "reads "
              + ALIVE
              + ", which needs the section model, but it is missing; let lifesign fit write it, or leave the field out");
    }
  }
}
