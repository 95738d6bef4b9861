package dev.lifesign.domain.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.cel.Expressions.Scope;
import dev.lifesign.domain.event.Family;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which families an expression is asked about. */
class FamiliesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "event.family == 'support' ; SUPPORT",
        "'support' == event.family ; SUPPORT",
        "event.family in ['support', 'social'] ; SUPPORT,SOCIAL",
        "event.family == 'support' && customer.orders > 3 ; SUPPORT",
        "event.family == 'support' && event.family == 'social' ; none",
        "event.family == 'support' || event.family == 'social' ; SUPPORT,SOCIAL",
        "!(event.family != 'support') ; SUPPORT",
        "!(event.family in ['support']) && event.family in ['support', 'social'] ; SOCIAL",
        "(event.family == 'support' ? customer.r > 1 : event.family == 'social') ; SUPPORT,SOCIAL",
        "event.action == 'REFUND' ; PURCHASE",
        "event.action in ['REFUND', 'NPS'] ; PURCHASE,FEEDBACK",
        "event.action == 'OPENED' ; SUPPORT,CONTACT",
        "event.channel == 'web' ; PURCHASE,SUPPORT,CONTACT",
        "!(event.channel == 'web') ; PURCHASE,SUPPORT,CONTACT",
        "event.score * 2 < event.scaleMax ; FEEDBACK",
        "event.items.exists(i, i.amount > 5) ; PURCHASE",
        "event.trial ; SUBSCRIPTION",
        "has(event.rating) && event.rating < 3 ; SOCIAL"
      })
  void thePlainCasesAreNarrowedDown(String text, String families) {
    assertThat(Expressions.compile(text, Scope.MATCH).expression().orElseThrow().families())
        .containsExactlyInAnyOrderElementsOf(
            families.equals("none")
                ? List.of()
                : Arrays.stream(families.split(",")).map(Family::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.orders > 3",
        "true",
        "event.family != customer.status",
        "event.family == 'support' || customer.orders > 3",
        "!has(event.ticketId)",
        "!(event.family == 'support' && event.action == 'OPENED')",
        "!(event.action == 'OPENED' && customer.r > 1)",
        "event.score > 3 || true",
        "customer.types.exists(t, event.ticketId == t)",
        "(event.family == 'support') == (customer.r > 1)",
        "(has(event.score) && event.score > 3) == false"
      })
  void otherwiseItIsAllOfThem(String text) {
    assertThat(Expressions.compile(text, Scope.MATCH).expression().orElseThrow().families())
        .containsExactlyInAnyOrder(Family.values());
  }

  @Test
  void aConstantFalseIsNeverTrue() {
    assertThat(Expressions.compile("false", Scope.MATCH).expression().orElseThrow().families())
        .isEmpty();
  }
}
