package dev.lifesign.app.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.Map;

/**
 * Drops messages that Kafka Streams logs as errors but that are not errors by themselves. One is a
 * fenced producer, whose tasks have moved or start again. The other is the failure of a task where
 * it is thrown: it ends the thread, and the pipeline logs it then. All other messages of the same
 * loggers are kept.
 */
public final class OrdinaryErrors extends Filter<ILoggingEvent> {

  private static final String INTERNALS = "org.apache.kafka.streams.processor.internals.";

  private static final Map<String, List<String>> ORDINARY =
      Map.of(
          INTERNALS + "RecordCollectorImpl",
          List.of("the producer is fenced, indicating the task may be migrated out"),
          INTERNALS + "TaskExecutor",
          List.of("Failed to process stream task", "Failed to punctuate stream task"));

  /** Creates the filter; Logback instantiates it by class name. */
  public OrdinaryErrors() {}

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean ordinary =
        ORDINARY.getOrDefault(event.getLoggerName(), List.of()).stream()
            .anyMatch(event.getFormattedMessage()::contains);
    return ordinary ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
