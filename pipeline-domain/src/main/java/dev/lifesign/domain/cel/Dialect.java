package dev.lifesign.domain.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.Operator;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.AstDepthLimitValidator;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import dev.lifesign.domain.cel.Expressions.Scope;
import java.util.List;

/**
 * CEL as policies speak it: the standard functions and macros, comparisons across int and double
 * ({@code ==} and {@code !=} included), and bounds on what an evaluation may cost.
 */
final class Dialect {

  /** The longest expression, characters. */
  static final int MAX_LENGTH = 4_000;

  /** How many elements the macros of one evaluation may visit. */
  static final int MAX_ITERATIONS = 10_000;

  /** How deep an expression may be nested. */
  static final int MAX_DEPTH = 50;

  private static final int MAX_PARSE_DEPTH = 100;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_PARSE_DEPTH)
          .build();

  private static final CelCompiler WITHOUT_ALERT = builder().build();

  private static final CelCompiler WITH_ALERT = builder().addVar("alert", Structs.ALERT).build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .setTypeProvider(new Structs())
          .addFunctionBindings(
              CelFunctionBinding.from(
                  "equals_int64_double", Long.class, Double.class, Dialect::same),
              CelFunctionBinding.from(
                  "equals_double_int64", Double.class, Long.class, (a, b) -> same(b, a)),
              CelFunctionBinding.from(
                  "not_equals_int64_double", Long.class, Double.class, (a, b) -> !same(a, b)),
              CelFunctionBinding.from(
                  "not_equals_double_int64", Double.class, Long.class, (a, b) -> !same(b, a)))
          .build();

  private static final CelValidator VALIDATOR =
      CelValidatorFactory.standardCelValidatorBuilder(WITH_ALERT, RUNTIME)
          .addAstValidators(
              AstDepthLimitValidator.newInstance(MAX_DEPTH),
              RegexLiteralValidator.INSTANCE,
              TimestampLiteralValidator.INSTANCE,
              DurationLiteralValidator.INSTANCE)
          .build();

  private Dialect() {}

  static CelCompiler compiler(Scope scope) {
    return scope == Scope.ENDS_WHEN ? WITH_ALERT : WITHOUT_ALERT;
  }

  static CelRuntime runtime() {
    return RUNTIME;
  }

  static CelValidator validator() {
    return VALIDATOR;
  }

  /** The names of the variables of a scope. */
  static List<String> variables(Scope scope) {
    return scope == Scope.ENDS_WHEN
        ? List.of("customer", "event", "alert")
        : List.of("customer", "event");
  }

  private static CelCompilerBuilder builder() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .setTypeProvider(new Structs())
        .addVar("customer", Structs.CUSTOMER)
        .addVar("event", Structs.EVENT)
        .addFunctionDeclarations(
            numeric(Operator.EQUALS, "equals"), numeric(Operator.NOT_EQUALS, "not_equals"))
        .setResultType(SimpleType.BOOL);
  }

  private static CelFunctionDecl numeric(Operator operator, String name) {
    return CelFunctionDecl.newFunctionDeclaration(
        operator.getFunction(),
        CelOverloadDecl.newGlobalOverload(
            name + "_int64_double", SimpleType.BOOL, SimpleType.INT, SimpleType.DOUBLE),
        CelOverloadDecl.newGlobalOverload(
            name + "_double_int64", SimpleType.BOOL, SimpleType.DOUBLE, SimpleType.INT));
  }

  private static boolean same(long whole, double fraction) {
    // A long becomes the nearest double, which for the largest is not a long any more.
    return fraction == whole && fraction < 0x1p63 && (long) fraction == whole;
  }
}
