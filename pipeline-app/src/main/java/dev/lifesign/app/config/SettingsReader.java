package dev.lifesign.app.config;

import dev.lifesign.lab.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the settings. Flags override the environment, which overrides the file, which overrides the
 * defaults. All faults are reported together, each with the place where it was set.
 */
public final class SettingsReader {

  private static final String MASK = "********";

  private SettingsReader() {}

  /**
   * Reads the settings.
   *
   * @param file the file, if there is one; relative paths in it are relative to it
   * @param environment the environment of the process
   * @param flags the values from the command line, by key
   * @throws UserError with all faults, if there are any
   */
  public static EffectiveSettings read(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
    Path workingDirectory = Path.of("").toAbsolutePath();
    SettingsLayers layers = new SettingsLayers(workingDirectory);
    file.ifPresent(layers::file);
    layers.environment(environment, workingDirectory);
    layers.flags(flags, workingDirectory);
    List<String> faults = new ArrayList<>(layers.faults());
    Settings settings = new SettingsForm(layers.values(), faults).settings();
    if (!faults.isEmpty()) {
      throw new UserError(String.join("\n", faults));
    }
    List<EffectiveSettings.Line> lines = new ArrayList<>();
    layers
        .values()
        .forEach(
            (key, value) ->
                lines.add(
                    new EffectiveSettings.Line(
                        key, Setting.isSecret(key) ? MASK : value.text(), value.origin())));
    return new EffectiveSettings(settings, lines);
  }
}
