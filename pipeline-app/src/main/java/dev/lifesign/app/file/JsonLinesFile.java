package dev.lifesign.app.file;

import dev.lifesign.app.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A file of JSON lines, one event a line. */
public final class JsonLinesFile implements EventFile {

  private static final int BUFFER = 1 << 20;

  private final Path file;

  /** That file. */
  public JsonLinesFile(Path file) {
    this.file = file;
  }

  @Override
  public void read(Consumer<Line> lines) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder), BUFFER)) {
      long number = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        if (!text.isBlank()) {
          lines.accept(JsonEvents.read(number, text));
        }
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  static UserError unreadable(Path file, IOException e) {
    return new UserError(
        "Expected events in %s, but the file cannot be read; check --events".formatted(file), e);
  }
}
