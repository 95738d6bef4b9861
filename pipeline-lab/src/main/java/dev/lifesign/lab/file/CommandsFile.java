package dev.lifesign.lab.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of commands, JSON lines (semantics, Files of events). */
public final class CommandsFile {

  /** More faults would not help anybody. */
  private static final int SHOWN = 20;

  private CommandsFile() {}

  /**
   * Reads the commands, in order of arrival; equal arrivals in file order. Unlike events, commands
   * are written for a purpose, so that none is left out.
   *
   * @throws UserError with every fault by its line, if there are any, or if the file cannot be read
   */
  public static List<ArrivedCommand> read(Path file) {
    List<ArrivedCommand> commands = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          commands.add(read(i + 1L, lines.get(i)));
        } catch (JsonCommands.Unreadable e) {
          faults.add("%s: line %d: %s".formatted(file, i + 1, e.getMessage()));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new UserError(text(faults));
    }
    commands.sort(ArrivedCommand.ORDER);
    return List.copyOf(commands);
  }

  private static String text(List<String> faults) {
    int more = faults.size() - SHOWN;
    return String.join("\n", faults.subList(0, Math.min(SHOWN, faults.size())))
        + (more > 0 ? "\nand %,d more lines with faults".formatted(more) : "");
  }

  private static ArrivedCommand read(long line, String text) throws JsonCommands.Unreadable {
    try {
      Optional<JsonFields> fields = JsonFields.read(text);
      if (fields.isEmpty()) {
        throw new JsonCommands.Unreadable(
            "The line is JSON, but not an object; write one command per line, in braces");
      }
      return JsonCommands.read(line, fields.get());
    } catch (JsonProcessingException e) {
      throw new JsonCommands.Unreadable("The line is not JSON: " + e.getOriginalMessage());
    }
  }

  private static List<String> lines(Path file) {
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if (!lines.isEmpty() && lines.get(0).startsWith("\uFEFF")) {
        lines.set(0, lines.get(0).substring(1));
      }
      return lines;
    } catch (IOException e) {
      throw new UserError(
          "Expected commands in %s, but the file cannot be read; check --commands".formatted(file),
          e);
    }
  }
}
