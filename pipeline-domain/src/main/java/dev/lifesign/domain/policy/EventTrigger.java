package dev.lifesign.domain.policy;

import dev.lifesign.domain.cel.Expression;
import java.util.Optional;

/**
 * Events that raise an alert.
 *
 * @param match which events count
 * @param count how many of them it takes, 1 to {@link #MOST}
 * @param within the last {@code count} of them must lie within less than this, milliseconds, more
 *     than 0; FOREVER for no limit
 * @param severity how much it matters
 * @param endsWhen the event that ends the alert; empty if none does
 */
public record EventTrigger(
    Expression match, int count, long within, SeverityRule severity, Optional<Expression> endsWhen)
    implements Case.Source {

  /** The most events that a trigger may ask for. */
  public static final int MOST = 50;
}
