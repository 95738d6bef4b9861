package dev.lifesign.domain.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Optional;

/**
 * Compiles the CEL expressions of a policy. The CEL library is loaded when the first is compiled,
 * which takes about a second.
 */
public final class Expressions {

  private Expressions() {}

  /** What an expression may read. */
  public enum Scope {
    /** {@code customer} and {@code event}. */
    FILTER,
    /** {@code event} and {@code customer}. */
    MATCH,
    /** {@code event}, {@code alert} and {@code customer}. */
    ENDS_WHEN
  }

  /**
   * The result of compiling.
   *
   * @param expression the expression; empty if there are problems
   * @param problems what is wrong
   */
  public record Compiled(Optional<Expression> expression, List<Problem> problems) {

    /** Keeps its own copy. */
    public Compiled {
      problems = List.copyOf(problems);
    }
  }

  /**
   * A fault in an expression.
   *
   * @param line from 1
   * @param column from 1, in characters
   * @param message what is wrong
   */
  public record Problem(int line, int column, String message) {}

  /**
   * Compiles and type-checks an expression; the outcome must be a bool. Refused, too, are names of
   * families and actions that do not exist, and what could cost too much: expressions longer than
   * 4,000 characters or nested more than 50 deep. The macros of one evaluation visit at most 10,000
   * elements; beyond, it fails.
   */
  public static Compiled compile(String text, Scope scope) {
    if (text.isBlank()) {
      return refused("The expression is empty; write a condition such as customer.orders > 3");
    }
    if (text.length() > Dialect.MAX_LENGTH) {
      return refused(
          "The expression has %,d characters; shorten it to %,d"
              .formatted(text.length(), Dialect.MAX_LENGTH));
    }
    CelValidationResult parsed = Dialect.compiler(scope).parse(text);
    if (parsed.hasError()) {
      return new Compiled(Optional.empty(), new Faults(scope, text).ofSyntax(parsed));
    }
    try {
      return check(text, scope, parsed.getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      return refused("The expression cannot be compiled: " + e.getMessage());
    }
  }

  private static Compiled check(String text, Scope scope, CelAbstractSyntaxTree parsed)
      throws CelValidationException, CelEvaluationException {
    Faults faults = new Faults(scope, text);
    CelValidationResult checked = Dialect.compiler(scope).check(parsed);
    if (checked.hasError()) {
      return new Compiled(Optional.empty(), faults.ofTypes(checked, parsed));
    }
    CelAbstractSyntaxTree tree = checked.getAst();
    CelValidationResult validated = Dialect.validator().validate(tree);
    if (validated.hasError()) {
      return new Compiled(Optional.empty(), faults.ofValues(validated));
    }
    List<Problem> names = new EventNames(tree).problems();
    if (!names.isEmpty()) {
      return new Compiled(Optional.empty(), names);
    }
    return new Compiled(
        Optional.of(
            new Expression(
                text,
                Dialect.runtime().createProgram(tree),
                FamilyAnalysis.of(tree.getExpr()).yes(),
                Names.of(tree))),
        List.of());
  }

  private static Compiled refused(String message) {
    return new Compiled(Optional.empty(), List.of(new Problem(1, 1, message)));
  }
}
