package dev.lifesign.lab.chart;

import dev.lifesign.lab.page.Page;
import java.util.List;

/**
 * Charts as SVG, for a page with {@link #sheet} and {@link #inks}. A series is told from the others
 * by its colour and by its dashes or its hatching.
 */
public final class Chart {

  private static final int INKS = 6;
  private static final double BAR = 0.84;

  private Chart() {}

  /**
   * A line.
   *
   * @param name its name in the legend
   * @param x ascending
   * @param y one value per x; NaN leaves a gap
   */
  public record Series(String name, List<Double> x, List<Double> y) {

    /** Keeps its own copies. */
    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
    }
  }

  /** The style sheet of all charts. */
  public static String sheet() {
    return Page.sheet(Chart.class, "chart.css");
  }

  /** What fills bars; once per page. */
  public static String inks() {
    return """
        <svg class='inks' aria-hidden='true'><defs>
        <pattern id='ink1' width='5' height='5' patternUnits='userSpaceOnUse' patternTransform='rotate(45)'><rect width='5' height='5' style='fill:var(--paper)'/><rect width='3' height='5' style='fill:var(--k1)'/></pattern>
        <pattern id='ink2' width='5' height='5' patternUnits='userSpaceOnUse'><rect width='5' height='5' style='fill:var(--k2)'/><circle cx='2.5' cy='2.5' r='1.2' style='fill:var(--paper)'/></pattern>
        <pattern id='ink3' width='5' height='5' patternUnits='userSpaceOnUse' patternTransform='rotate(-45)'><rect width='5' height='5' style='fill:var(--paper)'/><rect width='2' height='5' style='fill:var(--k3)'/></pattern>
        </defs></svg>
        """;
  }

  /**
   * A line chart.
   *
   * @param label what it shows, for those who cannot see it
   * @param rule whether to draw the diagonal, on which x equals y
   */
  public static String lines(String label, Axis x, Axis y, List<Series> series, boolean rule) {
    Frame frame = new Frame(label, y, x.title());
    for (double tick : x.ticks()) {
      frame.label(x.part(tick), x.label().apply(tick));
    }
    if (rule) {
      frame.add(
          "<path class='line rule' d='M%s %sL%s %s'/>",
          Frame.plain(frame.x(0)),
          Frame.plain(frame.y(y.from())),
          Frame.plain(frame.x(1)),
          Frame.plain(frame.y(y.to())));
    }
    for (int i = 0; i < series.size(); i++) {
      frame.add("<path class='line k%d' d='%s'/>", i % INKS, path(frame, x, series.get(i)));
    }
    return frame.finish();
  }

  private static String path(Frame frame, Axis x, Series series) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < series.x.size(); i++) {
      boolean there = !Double.isNaN(series.y.get(i));
      if (there) {
        path.append(drawing ? 'L' : 'M')
            .append(Frame.plain(frame.x(x.part(series.x.get(i)))))
            .append(' ')
            .append(Frame.plain(frame.y(series.y.get(i))));
      }
      drawing = there;
    }
    return path.toString();
  }

  /**
   * A stacked bar chart.
   *
   * @param label what it shows, for those who cannot see it
   * @param x the title of the horizontal axis
   * @param labels the labels of the bars
   * @param parts per part, from the bottom, one value per bar
   */
  public static String bars(
      String label, String x, Axis y, List<String> labels, List<List<Integer>> parts) {
    Frame frame = new Frame(label, y, x);
    double slot = 1.0 / Math.max(1, labels.size());
    int every = every(frame, labels);
    for (int bar = 0; bar < labels.size(); bar++) {
      double from = 0;
      for (int part = 0; part < parts.size(); part++) {
        double to = from + parts.get(part).get(bar);
        frame.add(
            "<rect class='part k%d' x='%s' y='%s' width='%s' height='%s'/>",
            part % INKS,
            Frame.plain(frame.x((bar + (1 - BAR) / 2) * slot)),
            Frame.plain(frame.y(to)),
            Frame.plain(frame.x(BAR * slot) - frame.x(0)),
            Frame.plain(frame.y(from) - frame.y(to)));
        from = to;
      }
      if (bar % every == 0) {
        frame.label((bar + 0.5) * slot, labels.get(bar));
      }
    }
    return frame.finish();
  }

  private static int every(Frame frame, List<String> labels) {
    int room = frame.room(labels.stream().mapToDouble(Frame::width).max().orElse(1));
    return Math.max(1, (labels.size() + room - 1) / room);
  }

  /** The legend of a line chart. */
  public static String legendOfLines(List<String> names) {
    return legend(names, "<path class='line k%d' d='M0 5H26'/>");
  }

  /** The legend of a bar chart. */
  public static String legendOfBars(List<String> names) {
    return legend(names, "<rect class='part k%d' width='26' height='10'/>");
  }

  private static String legend(List<String> names, String sample) {
    StringBuilder legend = new StringBuilder("<p class='legend'>");
    for (int i = 0; i < names.size(); i++) {
      legend
          .append("<span><svg viewBox='0 0 26 10' aria-hidden='true'>")
          .append(sample.formatted(i % INKS))
          .append("</svg>")
          .append(Page.apart(names.get(i)))
          .append("</span>");
    }
    return legend.append("</p>\n").toString();
  }
}
