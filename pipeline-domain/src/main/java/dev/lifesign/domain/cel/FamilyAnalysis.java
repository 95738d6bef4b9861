package dev.lifesign.domain.cel;

import static java.util.stream.Collectors.toMap;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.lifesign.domain.event.Family;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the families whose events can make an expression true, and those whose events can make it
 * false. Both may be too many, never too few.
 *
 * @param yes the families whose events can make it true
 * @param no the families whose events can make it false
 */
record FamilyAnalysis(Set<Family> yes, Set<Family> no) {

  private static final Set<Family> ALL = EnumSet.allOf(Family.class);
  private static final Set<Family> NONE = EnumSet.noneOf(Family.class);

  /** These may say something though a part of them fails. */
  private static final Set<Operator> LAZY =
      EnumSet.of(Operator.LOGICAL_AND, Operator.LOGICAL_OR, Operator.CONDITIONAL);

  private static final Map<String, Operator> OPERATORS =
      Arrays.stream(Operator.values()).collect(toMap(Operator::getFunction, each -> each));

  /** Analyses a checked expression of type bool. */
  static FamilyAnalysis of(CelExpr expression) {
    if (expression.getKind() == Kind.CALL) {
      return ofCall(expression);
    }
    if (expression.getKind() == Kind.CONSTANT) {
      return ofConstant(expression.constant());
    }
    if (eventField(expression).isPresent() && expression.select().testOnly()) {
      return new FamilyAnalysis(EventField.families(expression.select().field()), ALL);
    }
    return strict(expression);
  }

  private static FamilyAnalysis ofCall(CelExpr call) {
    List<CelExpr> args = call.call().args();
    Optional<Operator> operator = operator(call);
    if (operator.isEmpty()) {
      return strict(call);
    }
    return switch (operator.get()) {
      case LOGICAL_AND -> of(args.get(0)).and(of(args.get(1)));
      case LOGICAL_OR -> of(args.get(0)).not().and(of(args.get(1)).not()).not();
      case LOGICAL_NOT -> of(args.get(0)).not();
      case CONDITIONAL -> of(args.get(0)).choose(of(args.get(1)), of(args.get(2)));
      case EQUALS -> comparison(call);
      case NOT_EQUALS -> comparison(call).not();
      case IN -> membership(call);
      default -> strict(call);
    };
  }

  private static FamilyAnalysis ofConstant(CelConstant constant) {
    if (constant.getKind() != CelConstant.Kind.BOOLEAN_VALUE) {
      return new FamilyAnalysis(ALL, ALL);
    }
    return constant.booleanValue() ? new FamilyAnalysis(ALL, NONE) : new FamilyAnalysis(NONE, ALL);
  }

  private static FamilyAnalysis comparison(CelExpr call) {
    CelExpr left = call.call().args().get(0);
    CelExpr right = call.call().args().get(1);
    if (text(left).isPresent()) {
      return oneOf(call, right, List.of(left));
    }
    return oneOf(call, left, List.of(right));
  }

  private static FamilyAnalysis membership(CelExpr call) {
    CelExpr list = call.call().args().get(1);
    return list.getKind() == Kind.LIST
        ? oneOf(call, call.call().args().get(0), list.list().elements())
        : strict(call);
  }

  private static FamilyAnalysis oneOf(CelExpr call, CelExpr value, List<CelExpr> texts) {
    if (texts.stream().anyMatch(each -> text(each).isEmpty())) {
      return strict(call);
    }
    List<String> names = texts.stream().flatMap(each -> text(each).stream()).toList();
    return switch (eventField(value).orElse("")) {
      case "family" -> {
        Set<Family> named = where(family -> names.contains(family.label()));
        yield new FamilyAnalysis(named, where(family -> !named.contains(family)));
      }
      case "action" ->
          new FamilyAnalysis(
              where(
                  family ->
                      Arrays.stream(family.actions())
                          .anyMatch(action -> names.contains(action.name()))),
              ALL);
      default -> strict(call);
    };
  }

  /** It fails, and so is neither true nor false, where a field that it reads is absent. */
  private static FamilyAnalysis strict(CelExpr expression) {
    Set<Family> families = readable(expression);
    return new FamilyAnalysis(families, families);
  }

  /** The families on whose events an expression can be evaluated. */
  private static Set<Family> readable(CelExpr expression) {
    Optional<String> field = eventField(expression);
    if (field.isPresent()) {
      return expression.select().testOnly() ? ALL : EventField.families(field.get());
    }
    return switch (expression.getKind()) {
      case SELECT -> readable(expression.select().operand());
      case LIST -> all(expression.list().elements());
      case CALL -> readableCall(expression);
      case COMPREHENSION -> readable(expression.comprehension().iterRange());
      default -> ALL;
    };
  }

  private static Set<Family> readableCall(CelExpr call) {
    if (operator(call).filter(LAZY::contains).isPresent()) {
      return ALL;
    }
    Set<Family> target = call.call().target().map(FamilyAnalysis::readable).orElse(ALL);
    return intersection(target, all(call.call().args()));
  }

  private static Set<Family> all(List<CelExpr> expressions) {
    return expressions.stream()
        .map(FamilyAnalysis::readable)
        .reduce(ALL, FamilyAnalysis::intersection);
  }

  /**
   * The field of {@code event} that an expression selects. A variable of a macro may be called
   * event, but macros are not looked into.
   */
  static Optional<String> eventField(CelExpr expression) {
    if (expression.getKind() != Kind.SELECT) {
      return Optional.empty();
    }
    CelExpr operand = expression.select().operand();
    boolean ofEvent = operand.getKind() == Kind.IDENT && operand.ident().name().equals("event");
    return ofEvent ? Optional.of(expression.select().field()) : Optional.empty();
  }

  /** The operator that an expression applies; empty if it is not a call of one. */
  static Optional<Operator> operator(CelExpr expression) {
    return expression.getKind() == Kind.CALL
        ? Optional.ofNullable(OPERATORS.get(expression.call().function()))
        : Optional.empty();
  }

  /** The text that an expression is, if it is a literal. */
  static Optional<String> text(CelExpr expression) {
    boolean text =
        expression.getKind() == Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    return text ? Optional.of(expression.constant().stringValue()) : Optional.empty();
  }

  private FamilyAnalysis not() {
    return new FamilyAnalysis(no, yes);
  }

  private FamilyAnalysis and(FamilyAnalysis other) {
    return new FamilyAnalysis(intersection(yes, other.yes), union(no, other.no));
  }

  private FamilyAnalysis choose(FamilyAnalysis then, FamilyAnalysis otherwise) {
    return new FamilyAnalysis(
        union(intersection(yes, then.yes), intersection(no, otherwise.yes)),
        union(intersection(yes, then.no), intersection(no, otherwise.no)));
  }

  private static Set<Family> where(Predicate<Family> condition) {
    Set<Family> families = EnumSet.allOf(Family.class);
    families.removeIf(condition.negate());
    return families;
  }

  private static Set<Family> intersection(Set<Family> some, Set<Family> others) {
    return where(family -> some.contains(family) && others.contains(family));
  }

  private static Set<Family> union(Set<Family> some, Set<Family> others) {
    return where(family -> some.contains(family) || others.contains(family));
  }
}
