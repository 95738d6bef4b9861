package dev.lifesign.app.cli;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.MappedEventFile;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.table.Compressed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file that is opened: events in JSON lines, or a table and what its columns mean.
 *
 * @param path where it is read
 * @param name its name, for messages
 * @param table the mapping of a table; empty for JSON lines
 */
record OpenSource(Path path, String name, Optional<Table> table) {

  private static final Pattern JSON =
      Pattern.compile(".*\\.jsonl?(\\.gz|\\.zip)?", Pattern.CASE_INSENSITIVE);
  private static final int BEGINNING = 64;

  /**
   * What the columns of a table mean.
   *
   * @param mapping the mapping
   * @param text the same as YAML
   */
  record Table(Mapping mapping, String text) {}

  /**
   * The events.
   *
   * @param baseCurrency of money without a currency
   */
  EventFile events(String baseCurrency) {
    return table.isEmpty()
        ? new JsonLinesFile(path, name)
        : new MappedEventFile(path, name, table.get().mapping(), baseCurrency, "");
  }

  /**
   * Whether a file is JSON lines, by its name or its first character, which is a brace in no table.
   *
   * @throws UserError if it cannot be read
   */
  static boolean isJsonLines(Path path, String name) {
    if (JSON.matcher(name).matches()) {
      return true;
    }
    try (InputStream in = Compressed.open(path)) {
      String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
      return beginning.replace("\uFEFF", "").stripLeading().startsWith("{");
    } catch (IOException e) {
      throw new UserError(
          "%s cannot be read: %s; check the file".formatted(name, e.getMessage()), e);
    }
  }
}
