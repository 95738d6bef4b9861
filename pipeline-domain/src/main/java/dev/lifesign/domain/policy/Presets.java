package dev.lifesign.domain.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Ready-made policies to start from. */
public final class Presets {

  /** The names of the presets. */
  public static final List<String> NAMES = List.of("retail", "subscription", "saas", "marketplace");

  private Presets() {}

  /**
   * The policy file of a preset.
   *
   * @throws IllegalArgumentException if there is no preset of this name
   */
  public static String text(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "Expected a preset, one of " + String.join(", ", NAMES) + ", but it is " + name);
    }
    try (InputStream file = Presets.class.getResourceAsStream("preset/" + name + ".yaml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The preset " + name + " cannot be read", e);
    }
  }

  /** The policy of a preset. */
  public static Policy policy(String name) {
    return PolicyReader.read(text(name)).policy().orElseThrow();
  }
}
