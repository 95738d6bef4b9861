package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the results of a backtest. */
public final class BacktestFiles {

  private BacktestFiles() {}

  /** Writes {@code backtest.html}, {@code backtest.json} and {@code recommended.yaml}. */
  public static void write(BacktestReport report, Path out) {
    Sentences english =
        new Sentences(report, Words.of(report.policy(), Language.EN, BacktestReport.class));
    try {
      Files.createDirectories(out);
      Files.writeString(out.resolve("backtest.html"), BacktestHtml.of(report));
      Files.writeString(out.resolve("backtest.json"), BacktestJson.of(report, english));
      Files.writeString(
          out.resolve("recommended.yaml"),
          "# Written by lifesign backtest.\n# "
              + String.join("\n# ", english.verdict())
              + "\n"
              + report.recommended());
    } catch (IOException e) {
      throw new UserError(
          "The report cannot be written to %s: %s; choose another folder with --out"
              .formatted(out, e.getMessage()),
          e);
    }
  }
}
