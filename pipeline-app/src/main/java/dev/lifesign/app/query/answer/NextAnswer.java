package dev.lifesign.app.query.answer;

import dev.lifesign.domain.lifecycle.NextReview;
import java.time.Instant;

/** What the status becomes, and when, if nothing more is heard. */
record NextAnswer(Instant at, String status, String reason) {

  static NextAnswer of(NextReview next) {
    return new NextAnswer(
        Rounding.instant(next.at()),
        next.assessment().status().name(),
        next.assessment().reason().label());
  }
}
