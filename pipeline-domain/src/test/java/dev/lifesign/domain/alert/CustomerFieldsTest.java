package dev.lifesign.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.domain.cel.Answer;
import dev.lifesign.domain.cel.Expressions;
import dev.lifesign.domain.cel.View;
import dev.lifesign.domain.customer.Commerce;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.CustomerActivity;
import dev.lifesign.domain.customer.FamilyPanes;
import dev.lifesign.domain.customer.MoneyPanes;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.customer.StatusState;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Profile;
import dev.lifesign.domain.timeline.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions see of a customer. Days count from the start. */
class CustomerFieldsTest {

  private static final long START = Instant.parse("2024-01-01T10:00:00Z").toEpochMilli();
  private static final String FIXED_CUTS =
      """
      rfm:
        window: P30D
        cuts: { recencyDays: [7, 30, 90, 180], orders: [1, 2, 4, 8], money: [2000, 5000, 15000, 50000] }
      """;
  private static final Policy WITHOUT_MODEL = policy("");
  private static final Policy WITH_MODEL =
      policy(
          """
          model: { family: BG_NBD, unit: P7D, r: 0.243, alpha: 4.414, a: 0.793, b: 2.426,
            spend: { p: 6.25, q: 3.74, v: 15.44 }, discountRate: 0.1, horizon: P364D }
          """);

  @Test
  void itShowsTheStatusReasonSegmentAndScoresThatThisJudgementSettled() {
    Customer customer = customer(WITHOUT_MODEL, purchase(0, 1_000));
    Map<String, Object> fields =
        new CustomerFields(
            customer,
            WITHOUT_MODEL,
            at(50),
            new StatusState(
                Status.AT_RISK, Reason.SILENCE, at(40), 3, Instants.NEVER, Instants.NEVER),
            new SegmentState(2, 3, 4, "Slipping", "Champions", at(39)));
    assertThat(fields)
        .containsEntry("status", "AT_RISK")
        .containsEntry("reason", "SILENCE")
        .containsEntry("since", Instant.ofEpochMilli(at(40)))
        .containsEntry("segment", "Slipping")
        .containsEntry("r", 2L)
        .containsEntry("f", 3L)
        .containsEntry("m", 4L);
  }

  @Test
  void aReasonASegmentAndScoresThatThereAreNotAreAbsent() {
    Customer customer = customer(WITHOUT_MODEL, contact(0));
    assertThat(fields(customer, WITHOUT_MODEL, 0))
        .containsEntry("status", "PROSPECT")
        .doesNotContainKeys("reason", "segment", "r", "f", "m");
  }

  @Test
  void ordersAndMoneyAreThoseOfTheLifetimeAndOfTheWindow() {
    Customer customer =
        customer(WITHOUT_MODEL, purchase(0, 1_000), purchase(20, 500), purchase(40, 70));
    assertThat(fields(customer, WITHOUT_MODEL, 40))
        .containsEntry("orders", 3L)
        .containsEntry("netMoney", 1_570L)
        .containsEntry("ordersInWindow", 2L)
        .containsEntry("netMoneyInWindow", 570L);
  }

  @Test
  void theActivityScoreIsNotRounded() {
    Customer customer = customer(WITHOUT_MODEL, purchase(0, 1_000));
    // 10 × 2^(−30/30) of a scale of 20
    assertThat(fields(customer, WITHOUT_MODEL, 30).get("activityScore"))
        .isEqualTo(-100 * Math.expm1(-0.25));
  }

  @Test
  void typesAreThoseAfterTheJudgement() {
    Customer customer = customer(WITHOUT_MODEL, contact(0), purchase(1, 1_000));
    assertThat(customer.statusState().status()).isEqualTo(Status.NEW);
    StatusState loyal =
        new StatusState(Status.LOYAL, Reason.NONE, at(2), 3, Instants.NEVER, Instants.NEVER);
    assertThat(new CustomerFields(customer, WITHOUT_MODEL, at(2), loyal, customer.segment()))
        .containsEntry("types", List.of("CONTACT", "LOYAL", "RECENT_BUYER"));
  }

  @Test
  void tenureIsInWholeDaysSinceTheFirstCommercialEvent() {
    Customer customer = customer(WITHOUT_MODEL, purchase(0, 1_000));
    assertThat(fieldsAt(customer, WITHOUT_MODEL, at(7) - 1)).containsEntry("tenureDays", 6L);
    assertThat(fieldsAt(customer, WITHOUT_MODEL, at(7))).containsEntry("tenureDays", 7L);
  }

  @Test
  void whoHasBoughtNothingHasNoTenure() {
    assertThat(fields(customer(WITHOUT_MODEL, contact(0)), WITHOUT_MODEL, 0))
        .doesNotContainKey("tenureDays");
  }

  @Test
  void pAliveIsAbsentWithoutAModelAndWithoutAPurchase() {
    assertThat(fields(customer(WITHOUT_MODEL, purchase(0, 1)), WITHOUT_MODEL, 9))
        .doesNotContainKey("pAlive");
    assertThat(fields(customer(WITH_MODEL, contact(0)), WITH_MODEL, 9)).doesNotContainKey("pAlive");
  }

  @Test
  void pAliveAndValueAtStakeAreThoseOfTheInstant() {
    Customer customer = customer(WITH_MODEL, purchase(0, 1_000), purchase(20, 500));
    Prediction prediction = Prediction.of(customer, WITH_MODEL, at(90)).orElseThrow();
    assertThat(fields(customer, WITH_MODEL, 90))
        .containsEntry("pAlive", prediction.alive())
        .containsEntry("valueAtStake", Profile.of(customer, WITH_MODEL, at(90)).valueAtStake());
    assertThat(prediction.alive()).isBetween(0.01, 0.99);
  }

  @Test
  void withoutAModelTheValueAtStakeIsTheMoneyInTheWindow() {
    assertThat(fields(customer(WITHOUT_MODEL, purchase(0, 700)), WITHOUT_MODEL, 1))
        .containsEntry("valueAtStake", 700L);
  }

  @Test
  void subscriptionsAndMrrAreThoseOfTheInstant() {
    Customer customer =
        customer(
            WITHOUT_MODEL,
            change("a", Action.STARTED, "gold", Billing.of(1_200, "EUR"), OptionalLong.of(at(30))),
            change("b", Action.PAUSED, "", Billing.of(0, ""), OptionalLong.empty()));
    assertThat(fields(customer, WITHOUT_MODEL, 36))
        .containsEntry("mrr", 1_500L)
        .containsEntry(
            "subscriptions",
            List.of(
                Map.of(
                    "id", "a",
                    "kind", "SERVICE",
                    "plan", "gold",
                    "state", "ACTIVE",
                    "entitled", true,
                    "paidThrough", Instant.ofEpochMilli(at(30)),
                    "amount", 1_200L),
                Map.of(
                    "id", "b",
                    "kind", "SERVICE",
                    "state", "PAUSED",
                    "entitled", true,
                    "amount", 0L)));
    // The grace of P7D is over.
    assertThat(fields(customer, WITHOUT_MODEL, 37)).containsEntry("mrr", 0L);
  }

  @Test
  void whatIsNoFieldHasNoEntry() {
    assertThat(fields(customer(WITHOUT_MODEL, contact(0)), WITHOUT_MODEL, 0))
        .doesNotContainKeys("orderCount", "");
  }

  @Test
  void itHasAllFieldsOfSemanticsSevenAndCannotBeModified() {
    Customer customer = customer(WITH_MODEL, purchase(0, 1_000));
    Map<String, Object> fields =
        new CustomerFields(
            customer,
            WITH_MODEL,
            at(1),
            new StatusState(
                Status.AT_RISK, Reason.SILENCE, at(0), 2, Instants.NEVER, Instants.NEVER),
            customer.segment());
    assertThat(fields.keySet())
        .containsExactly(
            "status",
            "reason",
            "since",
            "segment",
            "r",
            "f",
            "m",
            "orders",
            "netMoney",
            "ordersInWindow",
            "netMoneyInWindow",
            "activityScore",
            "types",
            "tenureDays",
            "pAlive",
            "valueAtStake",
            "mrr",
            "subscriptions");
    assertThatThrownBy(() -> fields.put("status", "NEW"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(fields::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void onlyWhatIsAskedForIsComputed() {
    Customer known = customer(WITH_MODEL, purchase(0, 1_000));
    CustomerActivity activity = known.activity();
    // Whatever asks for purchase days, which all predictions need, fails.
    Customer unpredictable =
        new Customer(
            "c",
            known.clock(),
            new CustomerActivity(
                activity.recentEvents(),
                activity.milestones(),
                new Commerce(1, 1_000, 0, null, MoneyPanes.EMPTY),
                FamilyPanes.EMPTY,
                activity.score(),
                activity.subscriptions()),
            known.verdict());
    Map<String, Object> fields = fields(unpredictable, WITH_MODEL, 1);
    assertThat(fields.get("status")).isEqualTo("NEW");
    assertThat(fields.get("netMoney")).isEqualTo(1_000L);
    assertThat(fields.containsKey("mrr")).isTrue();
    assertThatThrownBy(() -> fields.get("pAlive")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> fields.get("valueAtStake")).isInstanceOf(NullPointerException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer.status == 'NEW'",
        "!has(customer.reason)",
        "customer.since == timestamp('2024-01-01T10:00:00Z')",
        "customer.segment != '' && customer.r == 5 && customer.f >= 1 && customer.m >= 1",
        "customer.orders == 2 && customer.netMoney == 2200 && customer.ordersInWindow == 2",
        "customer.netMoneyInWindow == 2200.0",
        "customer.activityScore > 39.3 && customer.activityScore < 39.4",
        "'RECENT_BUYER' in customer.types",
        "customer.tenureDays == 0",
        "customer.pAlive == 1.0 && customer.valueAtStake >= 2200",
        "customer.mrr == 1200",
        "customer.subscriptions.exists(s, s.id == 's1' && s.kind == 'SERVICE' && s.entitled)",
        "customer.subscriptions[0].plan == 'gold' && customer.subscriptions[0].state == 'ACTIVE'",
        "customer.subscriptions[0].paidThrough == timestamp('2024-01-31T10:00:00Z')",
        "customer.subscriptions[0].amount == 1200"
      })
  void expressionsReadEveryField(String text) {
    Customer customer =
        customer(
            WITH_MODEL,
            purchase(0, 1_000),
            change(
                "s1", Action.STARTED, "gold", Billing.of(1_200, "USD"), OptionalLong.of(at(30))));
    Map<String, Object> fields = fields(customer, WITH_MODEL, 0);
    View view =
        new View() {
          @Override
          public Map<String, Object> customer() {
            return fields;
          }

          @Override
          public Optional<Event> event() {
            return Optional.empty();
          }

          @Override
          public String subject() {
            return "";
          }
        };
    Expressions.Compiled compiled = Expressions.compile(text, Expressions.Scope.FILTER);
    assertThat(compiled.problems()).isEmpty();
    assertThat(compiled.expression().orElseThrow().ask(view)).isEqualTo(Answer.YES);
  }

  @Test
  void aFieldIsComputedOnce() {
    Map<String, Object> fields =
        fields(customer(WITHOUT_MODEL, purchase(0, 1_000)), WITHOUT_MODEL, 1);
    assertThat(fields.get("types")).isSameAs(fields.get("types"));
  }

  private static Map<String, Object> fields(Customer customer, Policy policy, int day) {
    return fieldsAt(customer, policy, at(day));
  }

  private static Map<String, Object> fieldsAt(Customer customer, Policy policy, long at) {
    return new CustomerFields(customer, policy, at, customer.statusState(), customer.segment());
  }

  private static Customer customer(Policy policy, Event... events) {
    Timeline timeline = new Timeline(Policies.of(policy));
    Optional<Customer> customer = Optional.empty();
    for (Event event : events) {
      customer = Optional.of(timeline.apply(customer, event, event.occurredAt()).customer());
    }
    return customer.orElseThrow();
  }

  private static Policy policy(String model) {
    return PolicyReader.read(
            """
            version: 1
            lateness: PT0S
            currency: { base: USD, rates: { EUR: 1.25 } }
            activity: { weights: { purchase.PURCHASE: 10 }, halfLife: P30D, scale: 20 }
            """
                + FIXED_CUTS
                + model)
        .policy()
        .orElseThrow();
  }

  private static Event purchase(int day, long amount) {
    return new Purchase(
        "p" + day, "c", at(day), Purchase.Action.PURCHASE, "o" + day, amount, "USD", List.of(), "");
  }

  private static Event contact(int day) {
    return new Contact("c" + day, "c", at(day), Contact.Action.CLICKED, Contact.Channel.EMAIL);
  }

  private static Event change(
      String subscription, Action action, String plan, Billing billing, OptionalLong paidThrough) {
    return new SubscriptionChange(
        "s-" + subscription,
        "c",
        at(0),
        action,
        subscription,
        SubscriptionKind.SERVICE,
        plan,
        billing,
        paidThrough,
        "");
  }

  private static long at(int day) {
    return START + day * Instants.DAY;
  }
}
