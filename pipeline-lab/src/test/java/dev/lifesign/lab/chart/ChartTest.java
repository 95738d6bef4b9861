package dev.lifesign.lab.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Charts that can be read at any width. */
class ChartTest {

  private static final Pattern LABEL =
      Pattern.compile("<text x='([\\d.]+)' y='[\\d.]+' text-anchor='middle'>([^<]*)</text>");

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "1, 1, 1",
    "3, 3, 1",
    "7, 8, 2",
    "78, 80, 20",
    "1600, 2000, 500",
    "2001, 2500, 500"
  })
  void anAxisOfCountsEndsAtARoundNumber(double most, double to, double step) {
    Axis axis = Axis.counts("customers", most, String::valueOf);
    assertThat(axis.to()).isEqualTo(to);
    assertThat(axis.step()).isEqualTo(step);
    assertThat(axis.ticks()).hasSizeBetween(2, 6).startsWith(0.0).endsWith(to);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 26, 120})
  void labelsOfBarsStayApartAndWithinTheChart(int bars) {
    List<String> labels = Collections.nCopies(bars, "اردیبهشت ۱۳۹۰");
    String svg =
        Chart.bars(
            "flow",
            "week",
            Axis.counts("customers", 3, count -> String.format("%.0f", count)),
            labels,
            List.of(Collections.nCopies(bars, 3)));
    List<Double> centres = new ArrayList<>();
    Matcher found = LABEL.matcher(svg);
    while (found.find()) {
      centres.add(Double.parseDouble(found.group(1)));
    }
    double width = Frame.width(labels.get(0));
    assertThat(centres)
        .isNotEmpty()
        .allSatisfy(x -> assertThat(x).isBetween(width / 2 - 0.1, Frame.WIDTH - width / 2 + 0.1));
    assertThat(
            IntStream.range(1, centres.size()).mapToObj(i -> centres.get(i) - centres.get(i - 1)))
        .allSatisfy(distance -> assertThat(distance).isGreaterThan(width));
  }

  @Test
  void chartsWithOneAxisHaveOneScale() {
    Axis axis = Axis.counts("customers", 100, String::valueOf);
    String low = Chart.bars("a", "x", axis, List.of("l"), List.of(List.of(10)));
    String high = Chart.bars("b", "x", axis, List.of("l"), List.of(List.of(100)));
    assertThat(height(high)).isEqualTo(10 * height(low));
  }

  private static double height(String svg) {
    Matcher bar = Pattern.compile("<rect [^>]*height='([\\d.]+)'").matcher(svg);
    assertThat(bar.find()).isTrue();
    return Double.parseDouble(bar.group(1));
  }

  @Test
  void aLineHasAGapWhereThereIsNoValue() {
    Axis axis = Axis.shares("share", String::valueOf);
    String svg =
        Chart.lines(
            "a",
            axis,
            axis,
            List.of(new Chart.Series("s", List.of(0.0, 0.5, 1.0), List.of(0.2, Double.NaN, 0.4))),
            false);
    assertThat(svg).containsPattern("d='M[\\d. ]+M[\\d. ]+'").doesNotContain("NaN");
  }

  @Test
  void namesInALegendAreNotMarkup() {
    assertThat(Chart.legendOfLines(List.of("<i>", "b")))
        .contains("<bdi>&lt;i&gt;</bdi>")
        .contains("line k0", "line k1");
  }
}
