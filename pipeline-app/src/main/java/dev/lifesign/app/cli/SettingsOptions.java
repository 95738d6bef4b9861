package dev.lifesign.app.cli;

import dev.lifesign.app.config.EffectiveSettings;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.config.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that give a command its settings. */
final class SettingsOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${env:LIFESIGN_CONFIG}",
      description = "the settings file, YAML (or LIFESIGN_CONFIG)")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "a setting; overrides the environment (LIFESIGN_...) and the file; can be repeated")
  private Map<String, String> flags = new LinkedHashMap<>();

  EffectiveSettings effective() {
    return SettingsReader.read(Optional.ofNullable(config), System.getenv(), flags);
  }

  Settings settings() {
    return effective().settings();
  }

  /** The settings for a command that does not need them; empty if no file is given. */
  Optional<Settings> given() {
    return config == null && flags.isEmpty() ? Optional.empty() : Optional.of(settings());
  }
}
