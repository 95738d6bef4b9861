package dev.lifesign.lab.replay;

import dev.lifesign.domain.command.CommandResult;

/**
 * The answer to a command of a replay.
 *
 * @param customerId its customer
 * @param commandId the command
 * @param refusal why it was refused; empty if it was accepted
 */
public record CommandRow(String customerId, String commandId, String refusal) {

  /** The row of an answer. */
  public static CommandRow of(CommandResult result) {
    return new CommandRow(
        result.command().customerId(),
        result.command().commandId(),
        result.accepted() ? "" : result.refusal().name());
  }
}
