package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.PurchaseModel.Family;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.domain.timeline.Timeline;
import dev.lifesign.lab.fit.PolicyText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tuning puts at risk exactly whom the timeline puts at risk under the same setting. */
class SilenceRuleTest {

  private static final Duration UNIT = Duration.ofDays(7);
  private static final double[] SHARES = {0.02, 0.1, 0.25, 0.4, 0.5, 0.65, 0.8, 0.9, 0.97};
  private static final double[] FACTORS = {10, 5, 2.5, 1.7, 1, 0.5};
  private static final double[] DAYS = {200, 90, 45, 30, 14, 7};
  private static final int MIN = 9;

  private final Random random = new Random(11);

  @ParameterizedTest
  @EnumSource(RiskMethod.class)
  void everySettingDecidesAsTheTimelineDoes(RiskMethod method) {
    int atRisk = 0;
    int healthy = 0;
    for (int round = 0; round < 60; round++) {
      PurchaseModel model = model();
      SilenceRule rule = rule(method, model);
      for (int setting = 0; setting < rule.settings(); setting++) {
        Policy policy = policy(method, model, setting);
        Customer customer = customer(policy);
        for (int day = 0; day < 12; day++) {
          // Whole days hit the deadlines of daily data exactly.
          long now =
              Math.max(
                  customer.clock(),
                  (20_100 + random.nextInt(300)) * Instants.DAY + random.nextInt(2) * 3_600_000L);
          Situation situation = Situation.of(customer, policy, now);
          Silent silent = silent(customer, situation, now);
          if (rule.appliesTo(silent)) {
            boolean expected = situation.silence().riskAt() <= now;
            assertThat(RiskRule.of(policy).isAtRisk(silent)).isEqualTo(expected);
            assertThat(rule.isAtRisk(setting, silent))
                .as("%s, setting %d, %s, %s", method, setting, silent, situation.silence())
                .isEqualTo(expected);
            assertThat(rule.first(silent))
                .isEqualTo(
                    IntStream.range(0, rule.settings())
                        .filter(each -> rule.isAtRisk(each, silent))
                        .findFirst()
                        .orElse(rule.settings()));
            atRisk += expected ? 1 : 0;
            healthy += expected ? 0 : 1;
          }
        }
      }
    }
    assertThat(atRisk).isGreaterThan(50);
    assertThat(healthy).isGreaterThan(50);
  }

  private static Silent silent(Customer customer, Situation situation, long now) {
    DaySet days = customer.commerce().purchaseDays();
    return new Silent(
        now, situation.silence().since(), days.size(), days.day(0), days.day(days.size() - 1));
  }

  private static SilenceRule rule(RiskMethod method, PurchaseModel model) {
    Policy policy = policy(RiskMethod.FIXED, model, 0);
    SilenceRule.Modelled by = new SilenceRule.Modelled(model, UNIT.toMillis(), policy.days());
    SilenceRule.Bounds bounds =
        new SilenceRule.Bounds(MIN * Instants.DAY, Duration.ofDays(180).toMillis());
    return switch (method) {
      case FIXED -> new SilenceRule.Fixed(Settings.of(DAYS));
      case PERSONAL -> new SilenceRule.Personal(bounds, Settings.of(FACTORS));
      case MODEL -> new SilenceRule.Alive(by, bounds, Settings.of(SHARES));
      case RETURN ->
          new SilenceRule.Return(by, Duration.ofDays(90).toMillis(), bounds, Settings.of(SHARES));
    };
  }

  private static Policy policy(RiskMethod method, PurchaseModel model, int setting) {
    PolicyText text =
        PolicyText.of(Presets.text("saas"))
            .method(method)
            .model(model, UNIT, new SpendModel(1, 2, 1));
    switch (method) {
      case FIXED -> text.fixed((int) DAYS[setting]);
      case PERSONAL -> text.factor(FACTORS[setting]);
      case MODEL -> text.alive(SHARES[setting]);
      case RETURN -> text.returning(Duration.ofDays(90), SHARES[setting]);
    }
    String bounded =
        text.riskMin(MIN).text().replace("max: P90D", "max: P180D").replace("min: P7D", "min: P9D");
    return PolicyReader.read(bounded).policy().orElseThrow();
  }

  private PurchaseModel model() {
    return new PurchaseModel(
        Family.values()[random.nextInt(2)],
        0.1 + random.nextDouble() * 3,
        0.5 + random.nextDouble() * 20,
        0.1 + random.nextDouble() * 2,
        0.2 + random.nextDouble() * 5);
  }

  private Customer customer(Policy policy) {
    Timeline timeline = new Timeline(Policies.of(policy));
    Optional<Customer> customer = Optional.empty();
    long at = 20_000 * Instants.DAY;
    int orders = 1 + random.nextInt(6);
    for (int order = 0; order < orders; order++) {
      at += random.nextInt(40) * Instants.DAY + random.nextInt(2) * 3_600_000L;
      Purchase purchase =
          new Purchase(
              "e" + order, "c", at, Purchase.Action.PURCHASE, "o", 100, "USD", List.of(), "");
      customer = Optional.of(timeline.apply(customer, purchase, at).customer());
    }
    return customer.orElseThrow();
  }
}
