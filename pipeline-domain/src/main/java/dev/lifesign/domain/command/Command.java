package dev.lifesign.domain.command;

import dev.lifesign.domain.customer.AlertState.Outcome;
import java.util.OptionalInt;

/**
 * What a person or a system asks for (semantics, Commands).
 *
 * @param commandId unique; a repeated one is answered as before and done once
 * @param customerId the customer
 * @param by who asks
 * @param order what
 */
public record Command(String commandId, String customerId, String by, Order order) {

  /** What is asked for. */
  public sealed interface Order permits OnAlert, Erase {}

  /**
   * Something about an alert.
   *
   * @param alertId the alert
   * @param seenVersion the version that was seen; empty if that does not matter
   * @param step what to do with it
   */
  public record OnAlert(String alertId, OptionalInt seenVersion, Step step) implements Order {}

  /** Forget the customer. */
  public record Erase() implements Order {}

  /** What to do with an alert. */
  public sealed interface Step {}

  /** Someone is at work on it. */
  public record Acknowledge() implements Step {}

  /** Someone else should act. */
  public record Assign(String owner) implements Step {}

  /** Not now. */
  public record Snooze(long until) implements Step {}

  /** It is done. */
  public record Resolve(Outcome outcome) implements Step {}

  /** It is not done after all. */
  public record Reopen() implements Step {}

  /** A remark. */
  public record Note(String text) implements Step {}
}
