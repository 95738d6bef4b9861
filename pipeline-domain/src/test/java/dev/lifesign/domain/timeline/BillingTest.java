package dev.lifesign.domain.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.SubscriptionChange.Action;
import dev.lifesign.domain.event.SubscriptionKind;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Trials, first payments that fail, and what a subscription charges. Days count from the start. */
class BillingTest {

  private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
  private static final OptionalLong UNSTATED = OptionalLong.empty();

  private final Timeline timeline =
      new Timeline(
          Policies.of(
              PolicyReader.read(
                      """
                      version: 1
                      lateness: PT0S
                      currency: { base: USD, rates: { EUR: 1.5 } }
                      lifecycle:
                        newFor: P5D
                        risk: { fixed: P10D }
                        dormantAfter: P30D
                        churnAfter: P60D
                        onSubscriptionEnd: CHURNED
                      subscriptions: { grace: P2D }
                      """)
                  .policy()
                  .orElseThrow()));
  private Optional<Customer> customer = Optional.empty();
  private final List<String> published = new ArrayList<>();
  private int ids;

  @Test
  void whoOnlyTriesIsAProspectAndATrialThatEndsIsNoChurn() {
    apply(0, Action.STARTED, Billing.of(0, "").onTrial(), OptionalLong.of(at(14)));
    apply(14, Action.EXPIRED, Billing.of(0, ""), UNSTATED);
    advance(200);
    assertThat(published).containsExactly("PROSPECT");
  }

  @Test
  void aTrialWithAPriceIsStillATrial() {
    apply(0, Action.STARTED, Billing.of(1_500, "USD").onTrial(), OptionalLong.of(at(14)));
    advance(200);
    assertThat(published).containsExactly("PROSPECT");
    assertThat(customer.orElseThrow().commerce().orders()).isZero();
    assertThat(customer.orElseThrow().commerce().gross()).isZero();
  }

  @Test
  void aTrialThatIsPaidForMakesACustomerFromTheFirstPaymentOn() {
    apply(0, Action.STARTED, Billing.of(0, "").onTrial(), OptionalLong.of(at(14)));
    apply(14, Action.RENEWED, Billing.of(1_500, "USD"), OptionalLong.of(at(45)));
    assertThat(published).containsExactly("PROSPECT", "NEW");
    assertThat(customer.orElseThrow().milestones().firstCommercial()).isEqualTo(at(14));
  }

  @Test
  void aFirstPaymentThatFailedMakesNoCustomer() {
    apply(0, Action.PAYMENT_FAILED, Billing.of(1_500, "USD"), UNSTATED);
    apply(1, Action.EXPIRED, Billing.of(0, ""), UNSTATED);
    advance(200);
    assertThat(published).containsExactly("PROSPECT");
  }

  @Test
  void aPaymentThatFailedOnASubscriptionPaidBeforeIsARisk() {
    apply(0, Action.PAYMENT_FAILED, Billing.of(1_500, "USD"), OptionalLong.of(at(-1)));
    assertThat(published).containsExactly("AT_RISK PAYMENT_FAILED");
  }

  @Test
  void moneyIsTheAmountTimesTheQuantityLastStated() {
    apply(0, Action.STARTED, priced(1_000, "USD", OptionalLong.of(3), UNSTATED), UNSTATED);
    assertThat(gross()).isEqualTo(3_000);
    apply(30, Action.RENEWED, Billing.of(1_000, "USD"), UNSTATED);
    assertThat(gross()).isEqualTo(6_000);
    apply(60, Action.RENEWED, priced(1_000, "USD", OptionalLong.of(1), UNSTATED), UNSTATED);
    assertThat(gross()).isEqualTo(7_000);
  }

  @Test
  void moneyIsWhatWasChargedIfTheEventSaysSo() {
    apply(
        0, Action.UPGRADED, priced(900, "EUR", OptionalLong.of(7), OptionalLong.of(101)), UNSTATED);
    // 101 × 1.5 = 151.5, half-even
    assertThat(gross()).isEqualTo(152);
  }

  @Test
  void aProductThatIsTooLargeIsCapped() {
    apply(
        0,
        Action.STARTED,
        priced(Long.MAX_VALUE / 2, "USD", OptionalLong.of(3), UNSTATED),
        UNSTATED);
    assertThat(gross()).isEqualTo(Long.MAX_VALUE);
  }

  private long gross() {
    return customer.orElseThrow().commerce().gross();
  }

  private static Billing priced(
      long amount, String currency, OptionalLong quantity, OptionalLong charged) {
    return new Billing(amount, currency, "P1M", quantity, charged, false);
  }

  private void apply(int day, Action action, Billing billing, OptionalLong paidThrough) {
    SubscriptionChange event =
        new SubscriptionChange(
            "e" + ids++,
            "c",
            at(day),
            action,
            "s",
            SubscriptionKind.SERVICE,
            "",
            billing,
            paidThrough,
            "");
    keep(timeline.apply(customer, event, at(day)));
  }

  private void advance(int day) {
    keep(timeline.advance(customer.orElseThrow(), at(day), at(day)));
  }

  private void keep(Decision decision) {
    customer = Optional.of(decision.customer());
    for (StatusChange change : decision.statusChanges()) {
      published.add((change.to().status() + " " + change.to().reason().label()).strip());
    }
  }

  private static long at(int day) {
    return START + day * Instants.DAY;
  }
}
