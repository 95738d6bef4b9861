package dev.lifesign.app.query.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.Silence;
import dev.lifesign.domain.time.Instants;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * The values that the table of statuses reads.
 *
 * @param silence since when the customer is silent, and what follows from it
 * @param orders orders in the window of loyalty
 * @param entitledSince since when the customer is entitled
 * @param subscriptionEnd the latest end of a subscription, where the customer is not entitled
 * @param probabilityAlive the probability of being alive, where the model decides
 */
record EvidenceAnswer(
    @JsonUnwrapped SilenceAnswer silence,
    long orders,
    Instant entitledSince,
    Instant subscriptionEnd,
    @JsonProperty("pAlive") BigDecimal probabilityAlive) {

  /**
   * What follows from silence.
   *
   * @param silentSince since when the customer is silent
   * @param threshold the silence at which the customer is at risk
   */
  record SilenceAnswer(
      Instant silentSince, Duration threshold, Instant riskAt, Instant dormantAt, Instant churnAt) {

    static SilenceAnswer of(Silence silence) {
      boolean silent = silence.since() != Instants.NEVER;
      return new SilenceAnswer(
          Rounding.instant(silence.since()),
          silent ? Duration.ofMillis(silence.threshold()) : null,
          Rounding.instant(silence.riskAt()),
          Rounding.instant(silence.dormantAt()),
          Rounding.instant(silence.churnAt()));
    }
  }

  static EvidenceAnswer of(Evidence evidence) {
    return new EvidenceAnswer(
        SilenceAnswer.of(evidence.silence()),
        evidence.orders(),
        Rounding.instant(evidence.entitledSince()),
        Rounding.instant(evidence.subscriptionEnd()),
        evidence.alive().isPresent() ? Rounding.probability(evidence.alive().getAsDouble()) : null);
  }
}
