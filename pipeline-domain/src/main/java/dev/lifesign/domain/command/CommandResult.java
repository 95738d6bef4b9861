package dev.lifesign.domain.command;

import dev.lifesign.domain.customer.Answers.Refusal;

/**
 * A fact: the answer to a command.
 *
 * @param command the command
 * @param refusal why it was refused; NONE if it was accepted
 * @param version the alert's version after it; 0 if there is no such alert
 */
public record CommandResult(Command command, Refusal refusal, int version) {

  /** Whether it was accepted. */
  public boolean accepted() {
    return refusal == Refusal.NONE;
  }

  /** The answer to a command for a customer who is not known. */
  public static CommandResult unknownCustomer(Command command) {
    return new CommandResult(command, Refusal.UNKNOWN_CUSTOMER, 0);
  }
}
