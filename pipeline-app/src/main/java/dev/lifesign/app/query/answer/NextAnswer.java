package dev.lifesign.app.query.answer;

import dev.lifesign.domain.lifecycle.NextReview;
import java.time.Instant;

/** The next status, and when it is due, if no further event arrives. */
record NextAnswer(Instant at, String status, String reason) {

  static NextAnswer of(NextReview next) {
    return new NextAnswer(
        Rounding.instant(next.at()),
        next.assessment().status().name(),
        next.assessment().reason().label());
  }
}
