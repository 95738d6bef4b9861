package dev.lifesign.app.config;

import java.util.List;

/**
 * The effective settings, and where each of them was set.
 *
 * @param settings the settings
 * @param lines one line per setting, by key
 */
public record EffectiveSettings(Settings settings, List<Line> lines) {

  /** Keeps its own copy. */
  public EffectiveSettings {
    lines = List.copyOf(lines);
  }

  /**
   * A setting to show.
   *
   * @param key its name in the file
   * @param value its value, or asterisks if it is a secret
   * @param origin the file, the environment variable, the flag, or {@code default}
   */
  public record Line(String key, String value, String origin) {}
}
