package dev.lifesign.app.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.Map;

/**
 * Leaves out what Kafka Streams logs as an error and is none by itself: a producer that is fenced,
 * whose tasks have moved or begin again; and the error of a task where it is thrown, which ends the
 * thread and is logged by the pipeline then. What the same loggers say of anything else stays.
 */
public final class OrdinaryErrors extends Filter<ILoggingEvent> {

  private static final String INTERNALS = "org.apache.kafka.streams.processor.internals.";

  private static final Map<String, List<String>> ORDINARY =
      Map.of(
          INTERNALS + "RecordCollectorImpl",
          List.of("the producer is fenced, indicating the task may be migrated out"),
          INTERNALS + "TaskExecutor",
          List.of("Failed to process stream task", "Failed to punctuate stream task"));

  /** For configuration by class name. */
  public OrdinaryErrors() {}

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean ordinary =
        ORDINARY.getOrDefault(event.getLoggerName(), List.of()).stream()
            .anyMatch(event.getFormattedMessage()::contains);
    return ordinary ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
