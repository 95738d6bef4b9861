package dev.lifesign.app.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Leaves out an error of a task that Kafka Streams logs where it throws it, and that the pipeline
 * logs when it ends the thread. What the same logger says of errors from which the thread recovers
 * stays.
 */
public final class LoggedAtTheEnd extends Filter<ILoggingEvent> {

  private static final String LOGGER = "org.apache.kafka.streams.processor.internals.TaskExecutor";

  /** For configuration by class name. */
  public LoggedAtTheEnd() {}

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean thrown =
        event.getLoggerName().equals(LOGGER)
            && (event.getMessage().contains("Failed to process stream task")
                || event.getMessage().contains("Failed to punctuate stream task"));
    return thrown ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
