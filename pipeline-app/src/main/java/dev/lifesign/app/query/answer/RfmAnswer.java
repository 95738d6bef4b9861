package dev.lifesign.app.query.answer;

import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.scoring.RfmScore;
import java.time.Instant;

/** The scores, 1 to 5, and the segment that they lead to. */
record RfmAnswer(
    int recency,
    int frequency,
    int monetary,
    String segment,
    String previousSegment,
    Instant segmentSince) {

  static RfmAnswer of(RfmScore score, SegmentState segment) {
    return new RfmAnswer(
        score.recency(),
        score.frequency(),
        score.monetary(),
        score.segment(),
        segment.previous(),
        Rounding.instant(segment.since()));
  }
}
