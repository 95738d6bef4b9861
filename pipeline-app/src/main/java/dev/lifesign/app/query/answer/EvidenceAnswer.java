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
 * The values that the status table reads.
 *
 * @param silence since when the customer has been silent, and what that leads to when
 * @param orders orders in the loyalty window
 * @param entitledSince since when the customer has been entitled; null if it is not
 * @param subscriptionEnd the latest end of a subscription; null if there is none, or if the
 *     customer is entitled
 * @param probabilityAlive the probability that the customer has not left; null if no model was used
 * @param returning the probability of a purchase soon; null unless the method return decides
 */
record EvidenceAnswer(
    @JsonUnwrapped SilenceAnswer silence,
    long orders,
    Instant entitledSince,
    Instant subscriptionEnd,
    @JsonProperty("pAlive") BigDecimal probabilityAlive,
    @JsonProperty("return") ReturnAnswer returning) {

  /**
   * What silence leads to, and when.
   *
   * @param silentSince since when the customer has been silent
   * @param threshold the length of silence that is a risk
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

  /**
   * The probability that the method {@code return} reads.
   *
   * @param probability of a purchase within that time
   * @param within how soon
   * @param below the probability at which the customer is at risk
   */
  record ReturnAnswer(BigDecimal probability, Duration within, BigDecimal below) {

    static ReturnAnswer of(Evidence.Returning returning) {
      return new ReturnAnswer(
          Rounding.probability(returning.probability()),
          Duration.ofMillis(returning.within()),
          Rounding.probability(returning.threshold()));
    }
  }

  static EvidenceAnswer of(Evidence evidence) {
    return new EvidenceAnswer(
        SilenceAnswer.of(evidence.silence()),
        evidence.orders(),
        Rounding.instant(evidence.entitledSince()),
        Rounding.instant(evidence.subscriptionEnd()),
        evidence.alive().isPresent() ? Rounding.probability(evidence.alive().getAsDouble()) : null,
        evidence.returning().map(ReturnAnswer::of).orElse(null));
  }
}
