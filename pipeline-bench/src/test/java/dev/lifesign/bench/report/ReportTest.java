package dev.lifesign.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.bench.figure.Figure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures for people. */
class ReportTest {

  private static final Figure MET =
      Figure.atLeast("a : b", "One & the other.", 0.5, List.of(0.9, 0.4, 0.6));
  private static final Figure MISSED =
      Figure.atMost("size", "Bytes.", "bytes", 300, List.of(400.0, 500.0));

  @TempDir Path dir;

  @Test
  void aFigureIsItsMedianWithTheLeastAndTheGreatest() {
    assertThat(MET.median()).isEqualTo(0.6);
    assertThat(MET.min()).isEqualTo(0.4);
    assertThat(MET.max()).isEqualTo(0.9);
    assertThat(MET.met()).isTrue();
    assertThat(MISSED.median()).isEqualTo(450);
    assertThat(MISSED.met()).isFalse();
    assertThat(Figure.told("t", "", "s", List.of(1.0)).met()).isTrue();
  }

  @Test
  void aReportSaysWhatWasMetMissedAndWhoIsDisqualified() {
    Report report =
        new Report(List.of(MET, MISSED), Map.of("lifesign", 0L, "other", 17L), "So many events.");
    assertThat(report.markdown())
        .contains("So many events.", "Machine: ")
        .contains("lifesign equal", "other DISQUALIFIED, 17 customers differ")
        .contains("| a : b (ratio) | ≥ 0.500 | 0.600 | 0.400 | 0.900 | met |")
        .contains("| size (bytes) | ≤ 300 | 450 | 400 | 500 | missed |");
    report.write(dir);
    assertThat(dir.resolve("report.html")).content().contains("One &amp; the other.", "<svg");
    assertThat(dir.resolve("report.md")).content().isEqualTo(report.markdown());
  }
}
