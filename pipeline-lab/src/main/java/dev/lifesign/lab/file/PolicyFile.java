package dev.lifesign.lab.file;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.PolicyReading;
import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A policy, and the text that it was read from.
 *
 * @param policy the policy
 * @param text the text of the file
 */
public record PolicyFile(Policy policy, String text) {

  /**
   * Reads a policy file.
   *
   * @throws UserError with all faults, if there are any
   */
  public static PolicyFile read(Path file) {
    return of(text(file), file.toString());
  }

  /**
   * Reads the text of a policy.
   *
   * @param source where the text is from, for messages
   * @throws UserError with all faults, if there are any
   */
  public static PolicyFile of(String text, String source) {
    PolicyReading reading = PolicyReader.read(text);
    return new PolicyFile(
        reading.policy().orElseThrow(() -> UserError.of(source, reading.faults())), text);
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
          "Expected a policy in %s, but the file cannot be read; check the path, or start from a preset: lifesign policy preset retail"
              .formatted(file),
          e);
    }
  }
}
