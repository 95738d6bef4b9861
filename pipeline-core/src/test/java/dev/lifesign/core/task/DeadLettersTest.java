package dev.lifesign.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.event.Rejection;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.schema.DeadLetter;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** However large a record is, its dead letter is one that a producer sends. */
class DeadLettersTest {

  @Test
  void aDeadLetterIsSentUnderAKeyWithinTheLimit() {
    assertThat(DeadLetters.key(new byte[1_000_000])).hasSize(DeadLetters.LIMIT);
    assertThat(DeadLetters.key(new byte[] {1})).containsExactly(1);
    assertThat(DeadLetters.key(null)).isNull();
  }

  @Test
  void aSentenceThatQuotesAHugeFieldIsShortened() {
    DeadLetter letter =
        DeadLetters.of(
            new DeadLetters.Origin("lifesign.purchases", 0, 1, 2),
            new byte[] {1},
            new byte[] {2},
            new RecordHeaders(),
            new Rejection(RejectionReason.UNDECODABLE, "x".repeat(1_000_000)));
    assertThat(letter.getMessage()).hasSizeLessThan(3_000).endsWith("...");
  }
}
