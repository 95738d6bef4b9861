package dev.lifesign.app.file;

import dev.lifesign.app.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A file of JSON lines, one event a line. Lines are parsed many at a time, and given in order. */
public final class JsonLinesFile implements EventFile {

  private static final int BUFFER = 1 << 20;

  private final Path file;

  /** That file. */
  public JsonLinesFile(Path file) {
    this.file = file;
  }

  @Override
  public void read(Consumer<Line> lines) {
    readMany(batch -> batch.forEach(lines));
  }

  @Override
  public void readMany(Consumer<List<Line>> batches) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder), BUFFER)) {
      long number = 0;
      List<Unparsed> batch = new ArrayList<>(BATCH);
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        if (!text.isBlank()) {
          batch.add(new Unparsed(number, text));
          if (batch.size() == BATCH) {
            batches.accept(parse(batch));
            batch.clear();
          }
        }
      }
      batches.accept(parse(batch));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private record Unparsed(long number, String text) {}

  private static List<Line> parse(List<Unparsed> batch) {
    return batch.parallelStream().map(line -> JsonEvents.read(line.number(), line.text())).toList();
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
