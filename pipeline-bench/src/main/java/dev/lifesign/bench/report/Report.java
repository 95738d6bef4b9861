package dev.lifesign.bench.report;

import dev.lifesign.bench.figure.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report of a run: Markdown, and a self-contained HTML page with charts. */
public final class Report {

  private final List<Figure> figures;
  private final Map<String, Long> differences;
  private final String scale;

  /**
   * Creates a report.
   *
   * @param differences the number of customers for whom an entrant's status changes were wrong, by
   *     entrant
   * @param scale a sentence about what was run
   */
  public Report(List<Figure> figures, Map<String, Long> differences, String scale) {
    this.figures = List.copyOf(figures);
    this.differences = Map.copyOf(differences);
    this.scale = scale;
  }

  /** Writes {@code report.md} and {@code report.html} into a folder. */
  public void write(Path dir) {
    try {
      Files.createDirectories(dir);
      Files.writeString(dir.resolve("report.md"), markdown());
      Files.writeString(
          dir.resolve("report.html"), new HtmlReport(figures, intro(), flames(dir)).html());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> flames(Path dir) throws IOException {
    Path file = dir.resolve("flame.svg");
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /** The report as Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    intro().forEach(line -> text.append(line).append("\n\n"));
    text.append("| figure | goal | median | min | max | |\n|---|---|---|---|---|---|\n");
    for (Figure figure : figures) {
      text.append(
          "| %s (%s) | %s | %s | %s | %s | %s |%n"
              .formatted(
                  figure.name(),
                  figure.unit(),
                  figure.goalText(),
                  Figure.text(figure.median()),
                  Figure.text(figure.min()),
                  Figure.text(figure.max()),
                  figure.goal().isEmpty() ? "" : figure.met() ? "met" : "missed"));
    }
    return text.toString();
  }

  private List<String> intro() {
    StringBuilder correct = new StringBuilder("Status changes against the timeline alone: ");
    differences.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                correct.append(
                    entry.getValue() == 0
                        ? entry.getKey() + " equal; "
                        : "%s DISQUALIFIED, %,d customers differ; "
                            .formatted(entry.getKey(), entry.getValue())));
    return List.of(scale, "Machine: " + Machine.description() + ".", correct.toString().strip());
  }
}
