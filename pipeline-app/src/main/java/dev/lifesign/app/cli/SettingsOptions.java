package dev.lifesign.app.cli;

import dev.lifesign.app.config.EffectiveSettings;
import dev.lifesign.app.config.Settings;
import dev.lifesign.app.config.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which a command gets its settings. */
final class SettingsOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "${env:LIFESIGN_CONFIG}",
      description = "the settings, YAML (or LIFESIGN_CONFIG)")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting, before environment (LIFESIGN_...) and file; can be repeated")
  private Map<String, String> flags = new LinkedHashMap<>();

  EffectiveSettings effective() {
    return SettingsReader.read(Optional.ofNullable(config), System.getenv(), flags);
  }

  Settings settings() {
    return effective().settings();
  }

  /** The settings, for a command that can do without: empty where no file is named. */
  Optional<Settings> given() {
    return config == null && flags.isEmpty() ? Optional.empty() : Optional.of(settings());
  }
}
