package dev.lifesign.lab.mapping;

import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/** Reads mappings from presets and files. */
public final class MappingFile {

  private MappingFile() {}

  /**
   * Reads a mapping, in which purchases need an amount.
   *
   * @param nameOrFile the name of a preset, or a file
   * @param zone the zone of times without one, where the mapping gives none
   * @throws UserError with all faults, if there are any
   */
  public static Mapping read(String nameOrFile, ZoneId zone) {
    return read(nameOrFile, zone, true);
  }

  /**
   * Reads a mapping.
   *
   * @param nameOrFile the name of a preset, or a file
   * @param zone the zone of times without one, where the mapping gives none
   * @param needsAmounts false if purchases count without an amount
   * @throws UserError with all faults, if there are any
   */
  public static Mapping read(String nameOrFile, ZoneId zone, boolean needsAmounts) {
    MappingReading reading = MappingReader.read(text(nameOrFile), zone, needsAmounts);
    return reading.mapping().orElseThrow(() -> UserError.of(nameOrFile, reading.faults()));
  }

  /**
   * The text of a mapping.
   *
   * @throws UserError if there is neither such a preset nor such a file
   */
  public static String text(String nameOrFile) {
    if (MappingPresets.NAMES.contains(nameOrFile)) {
      return MappingPresets.text(nameOrFile);
    }
    try {
      return Files.readString(Path.of(nameOrFile));
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new UserError(
          "Expected a mapping in %s, but there is no such preset (%s) and no such file that can be read; start from lifesign mapping preset generic, or lifesign mapping guess FILE"
              .formatted(nameOrFile, String.join(", ", MappingPresets.NAMES)),
          e);
    }
  }
}
