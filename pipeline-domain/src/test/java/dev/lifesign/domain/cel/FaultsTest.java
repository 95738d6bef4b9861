package dev.lifesign.domain.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.cel.Expressions.Compiled;
import dev.lifesign.domain.cel.Expressions.Problem;
import dev.lifesign.domain.cel.Expressions.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How faults in expressions are reported. */
class FaultsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "customer.ordrs > 3 | 10 | customer has no field ordrs; did you mean orders?",
        "custmer.orders > 3 | 1 | There is no custmer; did you mean customer?",
        "event.tiketId == 'x' | 7 | event has no field tiketId; did you mean ticketId?",
        "event.family == 'purchse' | 17 | No family is called 'purchse'; did you mean purchase?",
        "'CANCELED' == event.action | 1 |"
            + " No action is called 'CANCELED'; did you mean CANCELLED?",
        "event.action in ['CSAT', 'OPEND'] | 26 | No action is called 'OPEND'; did you mean OPENED?",
        "customer.subscriptions.exists(s, s.plann == 'x') | 36 |"
            + " a subscription or item has no field plann; did you mean plan?",
        "alert.subject == 'x' | 1 |"
            + " alert can only be read in endsWhen; here, read customer or event",
        "event.family == purchase | 17 | There is no purchase; read customer, event, and put"
            + " quotes around text, as in 'purchase'",
        "event.family.contians('x') | 14 | There is no function contians; did you mean contains?",
        "customer.orders = 3 | 17 | CEL does not know =; write ==",
        "customer.r > 3 and true | 16 | CEL does not know and; write &&",
        "(customer.r > 3 | 16 |"
            + " The expression ends too early; complete it, or close what is still open",
        "event.family == 'purch | 17 |"
            + " The text that starts here cannot be read; end it with the quote that it starts with",
        "customer.r > 3; true | 15 | The expression cannot be read from here on: ; true",
        "customer.r > 99999999999999999999 | 14 |"
            + " 99999999999999999999 is not a number that CEL can hold; correct it",
        "if | 1 | if is a reserved word of CEL; put quotes around text, as in 'if'",
        "has(customer) | 4 |"
            + " has() asks whether a field is present; write it as has(event.channel)",
        "customer.r > 'x' | 12 |"
            + " > cannot be applied to a whole number and text; use values of types that fit",
        "customer.since > '2026-01-01' | 16 | > cannot be applied to an instant and text;"
            + " write an instant as timestamp('2026-01-31T00:00:00Z')",
        "customer.r * 1.5 > 2.0 | 12 | * cannot be applied to a whole number and a fraction;"
            + " convert the whole number with double()",
        "customer.r == null | 12 | == cannot be applied to a whole number and null; ask whether a"
            + " field is present with has(), as in has(event.channel)",
        "customer['r'] == 3 | 9 |"
            + " [ ] cannot be applied to customer and text; read one of its fields, with a dot",
        "customer.status.x == 3 | 16 | text has no fields; leave out what follows the dot",
        "customer.r.exists(x, true) | 9 |"
            + " all, exists, filter and map work on a list, but this is a whole number",
        "customer.r | 9 | The expression gives a whole number, but must give true or false;"
            + " compare it with something",
        "customer.since < timestamp('x') | 28 |"
            + " This is no instant; write it as in timestamp('2026-01-31T00:00:00Z')",
        "event.occurredAt - customer.since > duration('7d') | 46 | This is no duration;"
            + " write it in hours, minutes or seconds, as in duration('168h')"
      })
  void aFaultIsNamedWithItsColumn(String text, int column, String message) {
    assertThat(Expressions.compile(text, Scope.FILTER).problems())
        .containsExactly(new Problem(1, column, message));
  }

  @Test
  void aFaultIsNamedWithItsLine() {
    assertThat(
            Expressions.compile("customer.r > 3\n  && customer.foo > 1", Scope.FILTER).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.column()).isEqualTo(15);
              assertThat(problem.message())
                  .startsWith("customer has no field foo; choose one of activityScore, f, m, mrr");
            });
  }

  @Test
  void everyFaultInTheTypesIsNamed() {
    assertThat(Expressions.compile("customer.a1 && event.b1", Scope.FILTER).problems()).hasSize(2);
  }

  @Test
  void anInvalidRegularExpressionIsRefused() {
    assertThat(Expressions.compile("event.channel.matches('[')", Scope.FILTER).problems())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.message()).startsWith("This is no regular expression: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{1:", "customer.r+", "customer.types[", "true?", "!(", "-("})
  void whatIsNestedTooDeeplyIsRefused(String piece) {
    Compiled compiled =
        Expressions.compile(piece.repeat(3_900 / piece.length()) + "1", Scope.FILTER);
    assertThat(compiled.expression()).isEmpty();
    assertThat(compiled.problems()).isNotEmpty();
  }

  @Test
  void alternativesMayBeMany() {
    assertThat(
            Expressions.compile("customer.r == 1" + " || customer.r == 1".repeat(200), Scope.FILTER)
                .problems())
        .isEmpty();
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThat(Expressions.compile(" ".repeat(4_000) + "true", Scope.FILTER).problems())
        .containsExactly(
            new Problem(1, 1, "The expression has 4,004 characters; shorten it to 4,000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void whatIsEmptyIsRefused(String text) {
    assertThat(Expressions.compile(text, Scope.FILTER).problems())
        .containsExactly(
            new Problem(
                1, 1, "The expression is empty; write a condition such as customer.orders > 3"));
  }
}
