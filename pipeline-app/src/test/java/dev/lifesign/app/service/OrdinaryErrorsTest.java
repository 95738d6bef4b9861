package dev.lifesign.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors that the pipeline recovers from or logs itself are dropped; no other error is. */
class OrdinaryErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RecordCollectorImpl | no more records would be sent since the producer is fenced, indicating the task may be migrated out | DENY
          RecordCollectorImpl | The broker is either slow or in bad state (like not having enough replicas) | NEUTRAL
          RecordCollectorImpl | Exception handler choose to FAIL the processing, no more records would be sent. | NEUTRAL
          TaskExecutor | Failed to process stream task 0_1 due to the following error: | DENY
          TaskExecutor | Failed to punctuate stream task 0_1 due to the following error: | DENY
          TaskExecutor | Could not complete processing records for 0_1 due to the following exception; will move to next task and retry later | NEUTRAL
          TaskExecutor | Committing task(s) 0_1 failed. | NEUTRAL
          TaskManager | Failed to process stream task 0_1 due to the following error: | NEUTRAL
          """)
  void onlyThese(String logger, String message, FilterReply expected) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerName("org.apache.kafka.streams.processor.internals." + logger);
    event.setLevel(Level.ERROR);
    event.setMessage("stream-thread [x] " + message);
    assertThat(new OrdinaryErrors().decide(event)).isEqualTo(expected);
  }
}
