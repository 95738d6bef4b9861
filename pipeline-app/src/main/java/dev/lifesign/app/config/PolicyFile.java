package dev.lifesign.app.config;

import dev.lifesign.app.UserError;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.PolicyReader;
import dev.lifesign.core.policy.PolicyReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A policy and the text it was read from.
 *
 * @param policy the policy
 * @param text the file
 */
public record PolicyFile(Policy policy, String text) {

  /**
   * Reads a policy file.
   *
   * @throws UserError with all faults, if it has any
   */
  public static PolicyFile read(Path file) {
    String text = text(file);
    PolicyReading reading = PolicyReader.read(text);
    return new PolicyFile(
        reading
            .policy()
            .orElseThrow(
                () ->
                    new UserError(
                        reading.faults().stream()
                            .map(fault -> file + ": " + fault)
                            .collect(Collectors.joining("\n")))),
        text);
  }

  /**
   * The text of a file.
   *
   * @throws UserError if it cannot be read
   */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserError(
          "Expected a policy in %s, but the file cannot be read; a policy to start from: lifesign policy preset retail"
              .formatted(file),
          e);
    }
  }
}
