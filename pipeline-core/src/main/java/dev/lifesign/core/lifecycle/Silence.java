package dev.lifesign.core.lifecycle;

import dev.lifesign.core.customer.DaySet;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.Policy.Personal;
import dev.lifesign.core.policy.RiskMethod;
import dev.lifesign.core.time.Instants;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * When silence becomes a risk, dormancy and churn (semantics, Status and When is silence a risk?).
 *
 * @param since since when the customer is silent; NEVER if nothing ever counted
 * @param threshold how long silence may last before it is a risk, milliseconds
 * @param riskAt when it becomes a risk
 * @param dormantAt when it becomes dormancy
 * @param churnAt when it becomes churn
 * @param byModel whether riskAt is the purchase model's instant
 */
public record Silence(
    long since, long threshold, long riskAt, long dormantAt, long churnAt, boolean byModel) {

  /** From how many purchase days on the personal method applies. */
  static final int PERSONAL_FROM = 3;

  private static final BigDecimal FOREVER = BigDecimal.valueOf(Instants.FOREVER);

  static Silence since(long since, DaySet purchaseDays, Policy policy) {
    Policy.Lifecycle lifecycle = policy.lifecycle();
    OptionalLong modelled =
        since == Instants.NEVER || lifecycle.risk().method() != RiskMethod.MODEL
            ? OptionalLong.empty()
            : policy
                .model()
                .map(model -> ModelledRisk.at(since, purchaseDays, model, lifecycle.risk()))
                .orElseGet(OptionalLong::empty);
    long threshold =
        modelled.isPresent()
            ? modelled.getAsLong() - since
            : threshold(purchaseDays, lifecycle.risk());
    long riskAt = Instants.plus(since, threshold);
    long dormantAt =
        Math.max(
            Instants.plus(since, lifecycle.dormantAfter()),
            Instants.plus(riskAt, lifecycle.atRiskFor()));
    long churnAt =
        Math.max(
            Instants.plus(since, lifecycle.churnAfter()),
            Instants.plus(dormantAt, lifecycle.dormantFor()));
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

  /** factor · span / intervals, to the nearest millisecond, halves up. */
  private static long gaps(BigDecimal factor, long span, int intervals) {
    BigDecimal gaps =
        factor
            .multiply(BigDecimal.valueOf(span))
            .divide(BigDecimal.valueOf(intervals), 0, RoundingMode.HALF_UP);
    return gaps.compareTo(FOREVER) < 0 ? gaps.longValue() : Instants.FOREVER;
  }
}
