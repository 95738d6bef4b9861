package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.contract.DueWorkFailedException;
import dev.lifesign.core.contract.RecordFailedException;
import dev.lifesign.core.contract.Skips;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** Tests which record an operator is advised to skip. */
class FailedRecordTest {

  private static final Skips.Place PLACE = new Skips.Place("lifesign.purchases", 3, 42);
  private static final String OF_KAFKA_STREAMS =
      "Exception caught in process. topic=lifesign.purchases, partition=3, offset=42";

  @Test
  void aRecordWhoseProcessingFailedIsNamed() {
    Throwable thrown =
        new StreamsException(
            OF_KAFKA_STREAMS, new RecordFailedException(PLACE, new IllegalStateException("x")));
    assertThat(FailedRecord.in(thrown)).contains(PLACE);
  }

  @Test
  void aRecordThatWasInHandWhenADeadlineFailedIsNotToBlame() {
    Throwable thrown =
        new StreamsException(
            OF_KAFKA_STREAMS, new DueWorkFailedException(3, new IllegalStateException("x")));
    assertThat(FailedRecord.in(thrown)).isEmpty();
  }
}
