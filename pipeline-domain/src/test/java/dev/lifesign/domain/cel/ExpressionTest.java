package dev.lifesign.domain.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.cel.Expressions.Compiled;
import dev.lifesign.domain.cel.Expressions.Scope;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Feedback;
import dev.lifesign.domain.event.Loyalty;
import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.Social;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.event.Support;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expression sees, and what it answers. */
class ExpressionTest {

  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
  private static final long AT = NOON.toEpochMilli();

  private static final Map<String, Object> CUSTOMER = new HashMap<>();

  static {
    CUSTOMER.put("status", "AT_RISK");
    CUSTOMER.put("reason", "SILENCE");
    CUSTOMER.put("since", NOON);
    CUSTOMER.put("segment", "Champions");
    CUSTOMER.put("r", 5);
    CUSTOMER.put("f", 4);
    CUSTOMER.put("m", 3);
    CUSTOMER.put("orders", 12);
    CUSTOMER.put("netMoney", 90_000L);
    CUSTOMER.put("ordersInWindow", 2);
    CUSTOMER.put("netMoneyInWindow", 9_000L);
    CUSTOMER.put("activityScore", 41.5);
    CUSTOMER.put("types", List.of("BUYER", "SUBSCRIBER"));
    CUSTOMER.put("tenureDays", 365L);
    CUSTOMER.put("pAlive", 0.25);
    CUSTOMER.put("valueAtStake", 50_000L);
    CUSTOMER.put("mrr", 1_999L);
    CUSTOMER.put(
        "subscriptions",
        List.of(
            Map.of("id", "s1", "kind", "PRODUCT", "plan", "", "state", "ENDED", "entitled", false),
            Map.of(
                "id",
                "s2",
                "kind",
                "SERVICE",
                "plan",
                "pro",
                "state",
                "ACTIVE",
                "entitled",
                true,
                "paidThrough",
                NOON,
                "amount",
                1_999L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.status == 'AT_RISK'",
        "customer.reason == 'SILENCE'",
        "customer.since == timestamp('2026-03-04T12:00:00Z')",
        "customer.since + duration('24h') > timestamp('2026-03-05T11:59:59Z')",
        "customer.segment.startsWith('Champ')",
        "customer.r == 5 && customer.f == 4 && customer.m == 3",
        "customer.orders == 12 && customer.ordersInWindow == 2",
        "customer.netMoney == 90000 && customer.netMoneyInWindow == 9000",
        "customer.activityScore == 41.5",
        "'BUYER' in customer.types && size(customer.types) == 2",
        "customer.tenureDays == 365",
        "customer.pAlive < 0.5",
        "customer.valueAtStake >= 50000 && customer.mrr == 1999",
        "customer.subscriptions.exists(s, s.id == 's2' && s.kind == 'SERVICE' && s.plan == 'pro')",
        "customer.subscriptions.exists_one(s, s.entitled)",
        "customer.subscriptions.filter(s, s.state == 'ACTIVE').size() == 1",
        "customer.subscriptions[1].paidThrough == customer.since",
        "customer.subscriptions.filter(s, has(s.amount)).map(s, s.amount) == [1999]",
        "customer.subscriptions.exists(s, !has(s.plan))",
        "!has(event.family)"
      })
  void everyFieldOfTheCustomerHasItsType(String text) {
    assertThat(ask(text, Views.of(CUSTOMER))).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.eventId == 'e' && event.customerId == 'c'",
        "event.occurredAt == timestamp('2026-03-04T12:00:00Z')",
        "event.family == 'purchase' && event.action == 'REFUND'",
        "event.orderId == 'o1' && event.amount == 700 && event.currency == 'EUR'",
        "event.channel == 'web'",
        "event.items.exists(i, i.sku == 'a' && i.category == 'shoes' && i.quantity == 2)",
        "event.items.all(i, i.amount == 350)"
      })
  void everyFieldOfAPurchaseHasItsType(String text) {
    Event event =
        new Purchase(
            "e",
            "c",
            AT,
            Purchase.Action.REFUND,
            "o1",
            700,
            "EUR",
            List.of(new OrderLine("a", "shoes", 2, 350)),
            "web");
    assertThat(ask(text, Views.of(event))).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.family == 'subscription' && event.action == 'CANCEL_SCHEDULED'",
        "event.subscriptionId == 's1' && event.kind == 'SERVICE' && event.plan == 'pro'",
        "event.amount == 999 && event.currency == 'EUR' && event.period == 'P1M'",
        "event.paidThrough == event.occurredAt",
        "event.quantity == 3 && event.charged == 2997 && event.trial",
        "event.cancelReason.matches('(?i)PRICE')"
      })
  void everyFieldOfASubscriptionEventHasItsType(String text) {
    Billing billing =
        new Billing(999, "EUR", "P1M", OptionalLong.of(3), OptionalLong.of(2997), true);
    assertThat(ask(text, Views.of(change(billing, OptionalLong.of(AT), "too high a price"))))
        .isEqualTo(Answer.YES);
  }

  @Test
  void everyFieldOfTheOtherFamiliesHasItsType() {
    assertThat(
            ask(
                "event.ticketId == 't1' && event.category == 'DEFECT' && event.channel == 'mail'",
                Views.of(support("t1", "mail"))))
        .isEqualTo(Answer.YES);
    Event social =
        new Social(
            "e",
            "c",
            AT,
            Social.Action.REVIEWED,
            "insta",
            OptionalDouble.of(-0.5),
            OptionalInt.of(1));
    assertThat(
            ask(
                "event.network == 'insta' && event.sentiment < 0 && event.rating == 1",
                Views.of(social)))
        .isEqualTo(Answer.YES);
    assertThat(
            ask(
                "event.action == 'CALLED' && event.channel == 'PHONE'",
                Views.of(contact(Contact.Channel.PHONE))))
        .isEqualTo(Answer.YES);
    Event feedback = new Feedback("e", "c", AT, Feedback.Action.NPS, 3, 10, "slow");
    assertThat(
            ask(
                "event.score <= 6 && event.scaleMax == 10 && event.comment.contains('slow')",
                Views.of(feedback)))
        .isEqualTo(Answer.YES);
    Event loyalty = new Loyalty("e", "c", AT, Loyalty.Action.LEFT, 40, "gold");
    assertThat(ask("event.points == 40 && event.tier == 'gold'", Views.of(loyalty)))
        .isEqualTo(Answer.YES);
  }

  @Test
  void theAlertHasItsSubject() {
    Compiled compiled = Expressions.compile("event.ticketId == alert.subject", Scope.ENDS_WHEN);
    Expression ends = compiled.expression().orElseThrow();
    assertThat(ends.ask(Views.of(support("t1", ""), "t1"))).isEqualTo(Answer.YES);
    assertThat(ends.ask(Views.of(support("t2", ""), "t1"))).isEqualTo(Answer.NO);
    assertThat(ends.ask(Views.of(support("", ""), ""))).isEqualTo(Answer.FAILED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"paidThrough", "quantity", "charged", "period", "cancelReason", "ticketId"})
  void whatIsNullIsAbsent(String field) {
    View view = Views.of(change(Billing.of(999, "EUR"), OptionalLong.empty(), ""));
    assertThat(ask("has(event." + field + ")", view)).isEqualTo(Answer.NO);
    assertThat(ask("event." + field + " == event." + field, view)).isEqualTo(Answer.FAILED);
  }

  @Test
  void anUnknownChannelIsAbsent() {
    View view = Views.of(contact(Contact.Channel.UNKNOWN));
    assertThat(ask("has(event.channel)", view)).isEqualTo(Answer.NO);
  }

  @Test
  void whatTheCustomerHasNotIsAbsent() {
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("segment", null);
    assertThat(ask("has(customer.segment) || has(customer.pAlive)", Views.of(nothing)))
        .isEqualTo(Answer.NO);
    assertThat(ask("customer.pAlive < 0.5", Views.of(nothing))).isEqualTo(Answer.FAILED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.orders > 11.5",
        "customer.orders == 12.0",
        "12.0 == customer.orders",
        "customer.orders != 12.5",
        "12.5 != customer.orders",
        "customer.pAlive > 0",
        "customer.pAlive <= 1",
        "customer.pAlive != 1",
        "1 != customer.pAlive",
        "9223372036854775807 != 9223372036854775807.0"
      })
  void numbersCompareAcrossIntAndDouble(String text) {
    assertThat(ask(text, Views.of(CUSTOMER))).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 / (customer.orders - 12) == 1",
        "customer.types[7] == 'BUYER'",
        "{'a': 1}['b'] == 1",
        "event.family == 'purchase'",
        "event.ticketId == 't1'",
        "dyn(customer.orders)",
        "dyn(customer).ordrs == 1",
        "int(customer.status) == 1",
        "timestamp(customer.status) > customer.since",
        "customer.status.matches(customer.status + '[')",
        "9223372036854775807 + customer.orders > 0",
        "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].all(a, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].all(b,"
            + " [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].all(c, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].all(d,"
            + " [1, 2].all(e, a + b + c + d + e > 0)))))"
      })
  void whatCannotBeEvaluatedFails(String text) {
    assertThat(ask(text, Views.of(CUSTOMER))).isEqualTo(Answer.FAILED);
  }

  @Test
  void aViewThatFailsMakesTheExpressionFail() {
    View broken = Views.of((Map<String, Object>) null);
    assertThat(ask("customer.orders > 1", broken)).isEqualTo(Answer.FAILED);
  }

  @Test
  void whatIsNotReadIsNotAskedForAndTheRestOnce() {
    List<String> asked = new ArrayList<>();
    View view =
        new View() {
          @Override
          public Map<String, Object> customer() {
            asked.add("customer");
            return CUSTOMER;
          }

          @Override
          public Optional<Event> event() {
            asked.add("event");
            return Optional.of(support("t1", ""));
          }

          @Override
          public String subject() {
            asked.add("subject");
            return "";
          }
        };
    assertThat(ask("event.family == 'purchase' && customer.orders > 3", view)).isEqualTo(Answer.NO);
    assertThat(asked).containsExactly("event");
    assertThat(ask("customer.orders > 3 && customer.mrr > 3 && customer.r > 3", view))
        .isEqualTo(Answer.YES);
    assertThat(asked).containsExactly("event", "customer");
  }

  @Test
  void severalThreadsMayAskAtOnce() throws Exception {
    Expression expression =
        compile("event.ticketId == 't1' && customer.subscriptions.exists(s, s.entitled)");
    Expression other = compile("event.family == 'support' && event.ticketId == 't1'");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (String ticket : List.of("t1", "t2")) {
        counts.add(
            threads.submit(
                () -> {
                  int yes = 0;
                  for (int i = 0; i < 5_000; i++) {
                    yes += expression.ask(Views.of(support(ticket, ""))) == Answer.YES ? 1 : 0;
                    yes += other.ask(Views.of(support(ticket, ""))) == Answer.YES ? 1 : 0;
                  }
                  return yes;
                }));
      }
      assertThat(counts.get(0).get()).isEqualTo(5_000);
      assertThat(counts.get(1).get()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void twoAreEqualIfTheirTextsAre() {
    assertThat(compile("customer.r > 1"))
        .isEqualTo(compile("customer.r > 1"))
        .hasSameHashCodeAs(compile("customer.r > 1"))
        .isNotEqualTo(compile("customer.r > 2"))
        .hasToString("customer.r > 1");
    assertThat(compile("customer.r > 1").text()).isEqualTo("customer.r > 1");
  }

  private static Answer ask(String text, View view) {
    return compile(text).ask(view);
  }

  private static Expression compile(String text) {
    Compiled compiled = Expressions.compile(text, Scope.FILTER);
    assertThat(compiled.problems()).isEmpty();
    return compiled.expression().orElseThrow();
  }

  private static Event support(String ticket, String channel) {
    return new Support(
        "e", "c", AT, Support.Action.OPENED, ticket, Support.Category.DEFECT, channel);
  }

  private static Event contact(Contact.Channel channel) {
    return new Contact("e", "c", AT, Contact.Action.CALLED, channel);
  }

  private static Event change(Billing billing, OptionalLong paidThrough, String cancelReason) {
    return new SubscriptionChange(
        "e",
        "c",
        AT,
        SubscriptionChange.Action.CANCEL_SCHEDULED,
        "s1",
        SubscriptionKind.SERVICE,
        "pro",
        billing,
        paidThrough,
        cancelReason);
  }
}
