package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.Instants;

/**
 * A risk method with its setting.
 *
 * @param method the method
 * @param fixedDays days of silence: for everybody, or for those to whom the method does not apply
 * @param factor the multiple of the customer's own mean gap; of {@code personal}
 * @param percent the probability, in per cent; of {@code model} and {@code return}
 * @param withinDays the days that the probability is about; of {@code return}
 * @param minDays the shortest silence that puts a customer at risk; not of {@code fixed}
 * @param maxDays the longest silence that does not; not of {@code fixed}
 */
public record RiskSetting(
    RiskMethod method,
    int fixedDays,
    double factor,
    double percent,
    int withinDays,
    int minDays,
    int maxDays) {

  private static final double PERCENT = 100;

  /** The setting of a policy. */
  static RiskSetting of(Policy policy) {
    Policy.Risk risk = policy.lifecycle().silence().risk();
    return new RiskSetting(
        risk.method(),
        days(risk.fixed()),
        risk.personal().factor().doubleValue(),
        PERCENT
            * (risk.method() == RiskMethod.RETURN
                ? risk.returning().below()
                : risk.model().alive()),
        days(risk.returning().within()),
        days(bound(risk, true)),
        days(bound(risk, false)));
  }

  private static long bound(Policy.Risk risk, boolean min) {
    return switch (risk.method()) {
      case FIXED -> risk.fixed();
      case PERSONAL -> min ? risk.personal().min() : risk.personal().max();
      case MODEL -> min ? risk.model().min() : risk.model().max();
      case RETURN -> min ? risk.returning().min() : risk.returning().max();
    };
  }

  /** The shortest silence that puts anybody at risk under a policy, days. */
  static int earliest(Policy policy) {
    Policy.Risk risk = policy.lifecycle().silence().risk();
    return days(Math.min(bound(risk, true), risk.fixed()));
  }

  private static int days(long millis) {
    return (int) Math.min(Integer.MAX_VALUE, millis / Instants.DAY);
  }
}
