package dev.lifesign.domain.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The variables that an expression reads, and the fields that it selects from them. */
final class Names {

  private Names() {}

  /** Names such as {@code customer} and {@code customer.pAlive}. */
  static Set<String> of(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .flatMap(node -> name(node.expr()).stream())
        .collect(Collectors.toSet());
  }

  private static Optional<String> name(CelExpr expression) {
    if (expression.getKind() == Kind.IDENT) {
      return Optional.of(expression.ident().name());
    }
    return expression.getKind() == Kind.SELECT
        ? name(expression.select().operand()).map(of -> of + "." + expression.select().field())
        : Optional.empty();
  }
}
