package dev.lifesign.app.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps the errors that the program would log with the shipped logging configuration. */
final class ShippedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final LoggerContext program = new LoggerContext();

  /** Starts to listen. */
  ShippedLog open() {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(program);
    try {
      configurator.doConfigure(Path.of("src", "main", "resources", "logback.xml").toFile());
    } catch (JoranException e) {
      throw new IllegalStateException(e);
    }
    start();
    root().addAppender(this);
    return this;
  }

  /** The logger and message of each error. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean written =
        program.getLogger(event.getLoggerName()).isEnabledFor(event.getLevel())
            && program
                    .getLogger(Logger.ROOT_LOGGER_NAME)
                    .getAppender("stderr")
                    .getFilterChainDecision(event)
                != FilterReply.DENY;
    if (written && event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      errors.add(event.getLoggerName() + ": " + event.getFormattedMessage());
    }
  }

  @Override
  public void close() {
    root().detachAppender(this);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  }
}
