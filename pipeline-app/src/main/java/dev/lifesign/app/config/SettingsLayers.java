package dev.lifesign.app.config;

import dev.lifesign.domain.document.Documents;
import dev.lifesign.domain.document.Fault;
import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The layers of settings, each of which overrides the ones before it: defaults, the file, the
 * environment ({@code LIFESIGN_…}), and the command line ({@code --set}). Each value keeps the name
 * of its layer.
 */
final class SettingsLayers {

  private final Map<String, Effective> values = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * An effective value.
   *
   * @param text the value as it was written
   * @param origin where it was set
   * @param home the base of relative paths
   */
  record Effective(String text, String origin, Path home) {}

  SettingsLayers(Path workingDirectory) {
    Setting.all()
        .filter(setting -> !setting.defaultValue().isEmpty())
        .forEach(
            setting ->
                values.put(
                    setting.key(),
                    new Effective(setting.defaultValue(), "default", workingDirectory)));
  }

  /**
   * Adds the values of a file in YAML or JSON; a key with dots means the same as nested sections.
   *
   * @throws UserError if it cannot be read, since its settings are then unknown and must not be
   *     reported as missing
   */
  void file(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UserError(
          "The settings in %s could not be read; check --config or LIFESIGN_CONFIG".formatted(file),
          e);
    }
    List<Fault> found = new ArrayList<>();
    Map<String, String> flat = Documents.read(text, found).flat();
    if (found.stream().anyMatch(fault -> fault.path().isEmpty())) {
      throw new UserError(
          found.stream().map(fault -> file + ": " + fault).collect(Collectors.joining("\n")));
    }
    found.forEach(fault -> faults.add(file + ": " + fault));
    flat.forEach(
        (key, value) -> put(key, value, file.toString(), file.toAbsolutePath().getParent()));
  }

  /** Adds the values of environment variables. */
  void environment(Map<String, String> environment, Path workingDirectory) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (Setting.isVariable(name)) {
                Setting.ofVariable(name)
                    .ifPresentOrElse(
                        key -> put(key, value, "environment " + name, workingDirectory),
                        () -> faults.add(unknown("environment " + name)));
              }
            });
  }

  /** Adds the values from the command line. */
  void flags(Map<String, String> flags, Path workingDirectory) {
    new LinkedHashMap<>(flags)
        .forEach((key, value) -> put(key, value, "--set " + key, workingDirectory));
  }

  private void put(String key, String value, String origin, Path home) {
    if (Setting.isKnown(key)) {
      values.put(key, new Effective(value, origin, home));
    } else {
      faults.add(unknown(origin.endsWith(key) ? origin : origin + ": " + key));
    }
  }

  private static String unknown(String where) {
    return where
        + ": unknown setting; expected one of "
        + String.join(", ", Setting.all().map(Setting::key).toList())
        + ", kafka.…, registry.…";
  }

  /** The effective values, by key. */
  Map<String, Effective> values() {
    return values;
  }

  /** The faults found, one sentence each. */
  List<String> faults() {
    return faults;
  }
}
