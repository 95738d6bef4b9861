package dev.lifesign.domain.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.lifesign.domain.cel.Expressions.Problem;
import dev.lifesign.domain.event.Family;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the names of families and actions that {@code event} is compared with. */
final class EventNames {

  private static final Set<Operator> COMPARISONS =
      EnumSet.of(Operator.EQUALS, Operator.NOT_EQUALS, Operator.IN);

  private static final Set<String> FAMILIES =
      Arrays.stream(Family.values())
          .map(Family::label)
          .collect(Collectors.toCollection(TreeSet::new));

  private static final Set<String> ACTIONS =
      Arrays.stream(Family.values())
          .flatMap(family -> Arrays.stream(family.actions()))
          .map(Enum::name)
          .collect(Collectors.toCollection(TreeSet::new));

  private final CelAbstractSyntaxTree tree;

  EventNames(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  /** The names that do not exist, so that the comparison says the same of every event. */
  List<Problem> problems() {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .map(node -> node.expr())
        .filter(EventNames::isComparison)
        .flatMap(comparison -> problems(comparison.call().args()))
        .toList();
  }

  private Stream<Problem> problems(List<CelExpr> sides) {
    return Stream.concat(
        problems(sides.get(0), sides.get(1)), problems(sides.get(1), sides.get(0)));
  }

  private Stream<Problem> problems(CelExpr field, CelExpr compared) {
    List<CelExpr> values =
        compared.getKind() == Kind.LIST ? compared.list().elements() : List.of(compared);
    return switch (FamilyAnalysis.eventField(field).orElse("")) {
      case "family" -> values.stream().flatMap(value -> problem("family", value, FAMILIES));
      case "action" -> values.stream().flatMap(value -> problem("action", value, ACTIONS));
      default -> Stream.empty();
    };
  }

  private Stream<Problem> problem(String what, CelExpr value, Set<String> known) {
    return FamilyAnalysis.text(value).stream()
        .filter(name -> !known.contains(name))
        .map(
            name ->
                at(
                    value,
                    "No %s is called '%s'; %s".formatted(what, name, Nearest.hint(name, known))));
  }

  private Problem at(CelExpr expression, String message) {
    int offset = tree.getSource().getPositionsMap().getOrDefault(expression.id(), 0);
    CelSourceLocation place =
        tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
    return new Problem(place.getLine(), place.getColumn() + 1, message);
  }

  private static boolean isComparison(CelExpr expression) {
    return FamilyAnalysis.operator(expression).filter(COMPARISONS::contains).isPresent();
  }
}
