package dev.lifesign.domain.cel;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.StructType;
import dev.cel.parser.CelStandardMacro;
import dev.lifesign.domain.cel.Expressions.Problem;
import dev.lifesign.domain.cel.Expressions.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Says in plain words what the CEL library finds wrong with an expression. */
final class Faults {

  private static final String UNDEFINED_FIELD = "undefined field ";
  private static final String UNDECLARED = "undeclared reference to ";

  private final Scope scope;
  private final String[] lines;

  Faults(Scope scope, String text) {
    this.scope = scope;
    this.lines = text.split("\n", -1);
  }

  /** The first fault in the syntax; those after it mostly follow from it. */
  List<Problem> ofSyntax(CelValidationResult parsed) {
    return parsed.getErrors().stream()
        .map(issue -> at(issue, 0, SyntaxWording.of(issue.getMessage(), textAt(issue))))
        .limit(1)
        .toList();
  }

  /** The faults in the types. Where a function is unknown, others may follow from that. */
  List<Problem> ofTypes(CelValidationResult checked, CelAbstractSyntaxTree parsed) {
    Predicate<CelIssue> unknownFunction =
        issue -> issue.getMessage().startsWith(UNDECLARED) && isCall(parsed, issue);
    List<CelIssue> all = checked.getErrors();
    List<CelIssue> first = all.stream().filter(unknownFunction).limit(1).toList();
    return (first.isEmpty() ? all : first).stream().map(issue -> ofType(issue, parsed)).toList();
  }

  /** The faults in what is written as text: instants, durations and patterns. */
  List<Problem> ofValues(CelValidationResult validated) {
    return validated.getErrors().stream()
        .map(issue -> at(issue, 0, TypeWording.ofValue(issue.getMessage())))
        .toList();
  }

  private Problem ofType(CelIssue issue, CelAbstractSyntaxTree parsed) {
    String message = issue.getMessage();
    if (message.startsWith(UNDEFINED_FIELD)) {
      return at(issue, 1, undefinedField(issue, parsed));
    }
    if (message.startsWith(UNDECLARED)) {
      String name = TypeWording.quoted(message);
      return isCall(parsed, issue)
          ? at(issue, precedes(issue, name) ? -name.length() : 0, undeclaredFunction(name))
          : at(issue, 0, undeclaredVariable(name));
    }
    return at(issue, 0, TypeWording.of(message));
  }

  private String undefinedField(CelIssue issue, CelAbstractSyntaxTree parsed) {
    String field = TypeWording.quoted(issue.getMessage());
    String operand =
        find(parsed, issue)
            .filter(expression -> expression.getKind() == Kind.SELECT)
            .map(expression -> expression.select().operand())
            .filter(each -> each.getKind() == Kind.IDENT)
            .map(each -> each.ident().name())
            .orElse("");
    return switch (operand) {
      case "customer" -> undefinedField(operand, field, Structs.CUSTOMER);
      case "event" -> undefinedField(operand, field, Structs.EVENT);
      case "alert" -> undefinedField(operand, field, Structs.ALERT);
      default -> undefinedField("a subscription or item", field, Structs.SUBSCRIPTION);
    };
  }

  private static String undefinedField(String of, String field, StructType type) {
    Collection<String> fields = new TreeSet<>(type.fieldNames());
    if (type == Structs.SUBSCRIPTION) {
      fields.addAll(EventField.item().fieldNames());
    }
    return "%s has no field %s; %s".formatted(of, field, Nearest.hint(field, fields));
  }

  private String undeclaredVariable(String name) {
    if (name.equals("alert")) {
      return "alert can only be read in endsWhen; here, read customer or event";
    }
    List<String> variables = Dialect.variables(scope);
    return Nearest.to(name, variables)
        .map(near -> "There is no %s; did you mean %s?".formatted(name, near))
        .orElseGet(
            () ->
                "There is no %s; read %s, and put quotes around text, as in '%s'"
                    .formatted(name, String.join(", ", variables), name));
  }

  private static String undeclaredFunction(String name) {
    Collection<String> functions = new TreeSet<>(CelStandardDeclarations.getAllFunctionNames());
    CelStandardMacro.STANDARD_MACROS.forEach(macro -> functions.add(macro.getFunction()));
    functions.removeIf(function -> !Character.isLetter(function.charAt(0)));
    return "There is no function %s; %s".formatted(name, Nearest.hint(name, functions));
  }

  private Problem at(CelIssue issue, int shift, String message) {
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    return new Problem(line, column + 1 + shift, message);
  }

  private boolean precedes(CelIssue issue, String name) {
    String line = line(issue);
    int column = Math.min(line.length(), Math.max(0, issue.getSourceLocation().getColumn()));
    return line.substring(0, column).endsWith(name);
  }

  /** The text from the place of a fault on, to the end of the line. */
  private String textAt(CelIssue issue) {
    String line = line(issue);
    int column = issue.getSourceLocation().getColumn();
    return column < 0 || column > line.length() ? "" : line.substring(column);
  }

  private String line(CelIssue issue) {
    int line = issue.getSourceLocation().getLine();
    return line < 1 || line > lines.length ? "" : lines[line - 1];
  }

  private static boolean isCall(CelAbstractSyntaxTree parsed, CelIssue issue) {
    return find(parsed, issue).filter(each -> each.getKind() == Kind.CALL).isPresent();
  }

  private static Optional<CelExpr> find(CelAbstractSyntaxTree parsed, CelIssue issue) {
    return CelNavigableAst.fromAst(parsed)
        .getRoot()
        .allNodes()
        .map(node -> node.expr())
        .filter(expression -> expression.id() == issue.getExprId())
        .findFirst();
  }
}
