package dev.lifesign.domain.cel;

import dev.lifesign.domain.event.Event;
import java.util.Map;
import java.util.Optional;

/** What an expression sees. Each part is asked for only if the expression reads it, and once. */
public interface View {

  /**
   * The fields of {@code customer}, by name; what is absent has no entry. Whole numbers are Long or
   * Integer, fractions Double, truths Boolean, texts String, instants {@link java.time.Instant},
   * {@code types} a list of String, {@code subscriptions} a list of maps of the same kind.
   */
  Map<String, Object> customer();

  /** The event; empty where time fired. */
  Optional<Event> event();

  /** {@code alert.subject}: what the raising event was about; absent if empty. */
  String subject();
}
