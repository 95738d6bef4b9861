package dev.lifesign.app.query.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lifesign.domain.scoring.Prediction;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The predictions of the purchase model.
 *
 * @param probabilityAlive the probability that the customer has not left
 * @param purchaseWithin30Days the probability of a purchase within 30 days
 * @param purchaseWithin90Days the probability of a purchase within 90 days
 * @param expectedPurchases the expected number of purchases within the model's horizon
 * @param expectedSpend the expected value of a purchase, minor units
 * @param predictedValue the discounted value of the purchases within the model's horizon, minor
 *     units
 * @param nextPurchaseAt when the next purchase is expected; null if none is
 */
record PredictionAnswer(
    @JsonProperty("pAlive") BigDecimal probabilityAlive,
    BigDecimal purchaseWithin30Days,
    BigDecimal purchaseWithin90Days,
    BigDecimal expectedPurchases,
    long expectedSpend,
    long predictedValue,
    Instant nextPurchaseAt) {

  static PredictionAnswer of(Prediction prediction) {
    return new PredictionAnswer(
        Rounding.probability(prediction.alive()),
        Rounding.probability(prediction.within30Days()),
        Rounding.probability(prediction.within90Days()),
        Rounding.probability(prediction.purchases()),
        Math.round(prediction.spend()),
        Math.round(prediction.value()),
        Rounding.instant(prediction.nextPurchaseAt()));
  }
}
