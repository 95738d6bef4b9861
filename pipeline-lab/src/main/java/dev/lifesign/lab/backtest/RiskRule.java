package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;

/**
 * When silence is a risk under a policy.
 *
 * @param own the rule of its method
 * @param others the fixed silence for the customers to whom that does not apply
 */
record RiskRule(SilenceRule own, SilenceRule others) {

  /** The rule of a policy, each part with one setting. */
  static RiskRule of(Policy policy) {
    Policy.Risk risk = policy.lifecycle().silence().risk();
    SilenceRule own =
        switch (risk.method()) {
          case FIXED -> new SilenceRule.Nobody();
          case PERSONAL ->
              new SilenceRule.Personal(
                  new SilenceRule.Bounds(risk.personal().min(), risk.personal().max()),
                  Settings.of(risk.personal().factor().doubleValue()));
          case MODEL ->
              new SilenceRule.Alive(
                  modelled(policy),
                  new SilenceRule.Bounds(risk.model().min(), risk.model().max()),
                  Settings.of(risk.model().alive()));
          case RETURN ->
              new SilenceRule.Return(
                  modelled(policy),
                  risk.returning().within(),
                  new SilenceRule.Bounds(risk.returning().min(), risk.returning().max()),
                  Settings.of(risk.returning().below()));
        };
    return new RiskRule(
        own, new SilenceRule.Fixed(Settings.of(risk.fixed() / (double) Instants.DAY)));
  }

  private static SilenceRule.Modelled modelled(Policy policy) {
    Policy.Model model = policy.model().orElseThrow();
    return new SilenceRule.Modelled(model.purchases(), model.unit(), policy.days());
  }

  /** Whether a customer is at risk under settings of the two parts. */
  boolean isAtRisk(int setting, int othersSetting, Silent customer) {
    return own.appliesTo(customer)
        ? own.isAtRisk(setting, customer)
        : others.isAtRisk(othersSetting, customer);
  }

  /** Whether a customer is at risk under the first settings. */
  boolean isAtRisk(Silent customer) {
    return isAtRisk(0, 0, customer);
  }
}
