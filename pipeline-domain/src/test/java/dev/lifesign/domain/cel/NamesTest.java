package dev.lifesign.domain.cel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an expression reads. */
class NamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "customer.orders > 3 ; event ; false",
        "customer.orders > 3 ; customer ; true",
        "customer.orders > 3 ; customer.orders ; true",
        "customer.orders > 3 ; customer.pAlive ; false",
        "has(customer.pAlive) ; customer.pAlive ; true",
        "customer.orders > 3 || has(event.rating) ; event ; true",
        "customer.subscriptions.exists(one, one.plan == event.plan) ; event.plan ; true",
        "customer.subscriptions.exists(one, one.plan == 'event') ; event ; false",
      })
  void variablesAndTheirFieldsAreFoundWhereverTheyStand(String text, String name, boolean reads) {
    Expression expression =
        Expressions.compile(text, Expressions.Scope.FILTER).expression().orElseThrow();
    assertThat(expression.reads(name)).isEqualTo(reads);
  }
}
