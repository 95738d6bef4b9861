package dev.lifesign.domain.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import dev.lifesign.domain.event.Family;
import java.util.Collections;
import java.util.Set;

/**
 * A checked CEL expression that says yes or no. Two are equal if their texts are. It may be asked
 * by many threads at once.
 */
public final class Expression {

  private final String text;
  private final Program program;
  private final Set<Family> families;
  private final Set<String> names;

  Expression(String text, Program program, Set<Family> families, Set<String> names) {
    this.text = text;
    this.program = program;
    this.families = Collections.unmodifiableSet(families);
    this.names = Set.copyOf(names);
  }

  /** The expression as written. */
  public String text() {
    return text;
  }

  /** Evaluates it. Whatever goes wrong is {@link Answer#FAILED}; nothing is thrown. */
  public Answer ask(View view) {
    try {
      Object outcome = program.eval(new Variables(view));
      if (outcome instanceof Boolean yes) {
        return yes ? Answer.YES : Answer.NO;
      }
      return Answer.FAILED;
    } catch (CelEvaluationException | RuntimeException e) {
      return Answer.FAILED;
    }
  }

  /**
   * The families whose events can make it true; never too few. Expressions on the family, the
   * action and the fields of {@code event} narrow them.
   */
  public Set<Family> families() {
    return families;
  }

  /**
   * Whether it reads a variable, such as {@code event}, or a field of one, such as {@code
   * customer.pAlive}. A variable of a macro counts as what it hides.
   */
  public boolean reads(String name) {
    return names.contains(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression that && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
