package dev.lifesign.lab.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Ready-made mappings for the exports of vendors. */
public final class MappingPresets {

  /** The names of the presets. */
  public static final List<String> NAMES =
      List.of(
          "shopify",
          "woocommerce",
          "stripe-payments",
          "stripe-subscriptions",
          "online-retail",
          "generic");

  private MappingPresets() {}

  /**
   * The mapping file of a preset.
   *
   * @throws IllegalArgumentException if there is no preset of this name
   */
  public static String text(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "Expected a preset, one of " + String.join(", ", NAMES) + ", but it is " + name);
    }
    try (InputStream file = MappingPresets.class.getResourceAsStream("preset/" + name + ".yaml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The preset " + name + " cannot be read", e);
    }
  }
}
