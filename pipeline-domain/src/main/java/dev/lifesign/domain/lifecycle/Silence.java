package dev.lifesign.domain.lifecycle;

import dev.lifesign.domain.customer.DaySet;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Policy.Personal;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.Instants;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * When silence becomes risk, dormancy and churn (semantics, Status and When is silence a risk?).
 *
 * @param since since when the customer has been silent; NEVER if no activity ever counted
 * @param threshold how long silence may last before the customer is at risk, milliseconds
 * @param riskAt when the customer becomes at risk
 * @param dormantAt when the customer becomes dormant
 * @param churnAt when the customer churns
 * @param byModel whether riskAt is an instant that the purchase model gave
 */
public record Silence(
    long since, long threshold, long riskAt, long dormantAt, long churnAt, boolean byModel) {

  /** The fewest purchase days for which the personal method applies. */
  static final int PERSONAL_FROM = 3;

  /**
   * Factors of at most this many digits are calculated with longs: 10^4 times the span of all years
   * that an event can occur in is below 2^62.
   */
  private static final int SHORT = 4;

  private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000};

  private static final BigDecimal FOREVER = BigDecimal.valueOf(Instants.FOREVER);

  static Silence since(long since, DaySet purchaseDays, Policy policy) {
    Policy.Lifecycle lifecycle = policy.lifecycle();
    OptionalLong modelled =
        since == Instants.NEVER || !lifecycle.silence().risk().method().needsModel()
            ? OptionalLong.empty()
            : policy
                .model()
                .map(
                    model ->
                        ModelledRisk.at(
                            since, purchaseDays, model, lifecycle.silence().risk(), policy.days()))
                .orElseGet(OptionalLong::empty);
    long threshold =
        modelled.isPresent()
            ? modelled.getAsLong() - since
            : threshold(purchaseDays, lifecycle.silence().risk());
    long riskAt = Instants.plus(since, threshold);
    long dormantAt =
        Math.max(
            Instants.plus(since, lifecycle.silence().dormantAfter()),
            Instants.plus(riskAt, lifecycle.silence().atRiskFor()));
    long churnAt =
        Math.max(
            Instants.plus(since, lifecycle.silence().churnAfter()),
            Instants.plus(dormantAt, lifecycle.silence().dormantFor()));
    return new Silence(since, threshold, riskAt, dormantAt, churnAt, modelled.isPresent());
  }

  private static long threshold(DaySet purchaseDays, Policy.Risk risk) {
    if (risk.method() == RiskMethod.PERSONAL && purchaseDays.size() >= PERSONAL_FROM) {
      Personal personal = risk.personal();
      long gaps =
          gaps(personal.factor(), purchaseDays.span() * Instants.DAY, purchaseDays.size() - 1);
      return Math.max(personal.min(), Math.min(personal.max(), gaps));
    }
    return risk.fixed();
  }

  /** factor · span / intervals, rounded half up to the millisecond. */
  private static long gaps(BigDecimal factor, long span, int intervals) {
    if (factor.scale() >= 0 && factor.scale() <= SHORT && factor.precision() <= SHORT) {
      long divisor = intervals * POWERS_OF_TEN[factor.scale()];
      long product = factor.unscaledValue().longValue() * span;
      return Math.floorDiv(2 * product + divisor, 2 * divisor);
    }
    BigDecimal gaps =
        factor
            .multiply(BigDecimal.valueOf(span))
            .divide(BigDecimal.valueOf(intervals), 0, RoundingMode.HALF_UP);
    return gaps.compareTo(FOREVER) < 0 ? gaps.longValue() : Instants.FOREVER;
  }
}
