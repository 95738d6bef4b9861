package dev.lifesign.lab.chart;

import java.util.List;
import java.util.Locale;

/** A self-contained SVG chart: lines over a numeric axis, or stacked bars. */
public final class Chart {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 300;
  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 14;
  private static final int BOTTOM = 60;
  private static final int TICKS = 5;
  private static final int MOST_LABELS = 8;

  private static final String[] COLOURS = {
    "#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed", "#0891b2", "#9ca3af", "#db2777"
  };

  private final StringBuilder svg = new StringBuilder();

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

  /** A line chart; the y axis begins at 0. */
  public static String lines(String xTitle, String yTitle, List<Series> series) {
    Chart chart = new Chart();
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = 0;
    for (Series each : series) {
      for (int i = 0; i < each.x.size(); i++) {
        left = Math.min(left, each.x.get(i));
        right = Math.max(right, each.x.get(i));
        top = Double.isNaN(each.y.get(i)) ? top : Math.max(top, each.y.get(i));
      }
    }
    if (!(right > left)) {
      right = left + 1;
    }
    top = round(top);
    chart.frame(xTitle, yTitle, top);
    for (int i = 0; i <= TICKS; i++) {
      double value = left + (right - left) * i / TICKS;
      chart.text(chart.x(i / (double) TICKS), HEIGHT - BOTTOM + 16, "middle", number(value));
    }
    int colour = 0;
    for (Series each : series) {
      StringBuilder path = new StringBuilder();
      boolean drawing = false;
      for (int i = 0; i < each.x.size(); i++) {
        if (Double.isNaN(each.y.get(i))) {
          drawing = false;
          continue;
        }
        path.append(drawing ? 'L' : 'M')
            .append(plain(chart.x((each.x.get(i) - left) / (right - left))))
            .append(' ')
            .append(plain(chart.y(each.y.get(i) / top)));
        drawing = true;
      }
      chart.add(
          "<path d='%s' fill='none' stroke='%s' stroke-width='2'/>",
          path, COLOURS[colour % COLOURS.length]);
      colour++;
    }
    chart.legend(series.stream().map(Series::name).toList());
    return chart.finish();
  }

  /**
   * A stacked bar chart.
   *
   * @param labels the labels of the bars
   * @param names the names of the parts
   * @param parts per part, one value per bar
   */
  public static String bars(
      String xTitle,
      String yTitle,
      List<String> labels,
      List<String> names,
      List<List<Integer>> parts) {
    Chart chart = new Chart();
    double top = 0;
    for (int bar = 0; bar < labels.size(); bar++) {
      double sum = 0;
      for (List<Integer> part : parts) {
        sum += part.get(bar);
      }
      top = Math.max(top, sum);
    }
    top = round(top);
    chart.frame(xTitle, yTitle, top);
    double slot = 1.0 / Math.max(1, labels.size());
    int every = Math.max(1, (labels.size() + MOST_LABELS - 1) / MOST_LABELS);
    for (int bar = 0; bar < labels.size(); bar++) {
      double from = 0;
      double x = chart.x(bar * slot + slot * 0.1);
      for (int part = 0; part < parts.size(); part++) {
        double value = parts.get(part).get(bar);
        double y = chart.y((from + value) / top);
        chart.add(
            "<rect x='%s' y='%s' width='%s' height='%s' fill='%s'/>",
            plain(x),
            plain(y),
            plain(slot * 0.8 * (WIDTH - LEFT - RIGHT)),
            plain(chart.y(from / top) - y),
            COLOURS[part % COLOURS.length]);
        from += value;
      }
      if (bar % every == 0) {
        chart.text(chart.x((bar + 0.5) * slot), HEIGHT - BOTTOM + 16, "middle", labels.get(bar));
      }
    }
    chart.legend(names);
    return chart.finish();
  }

  /** Escapes text for use in markup. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;");
  }

  private void frame(String xTitle, String yTitle, double top) {
    add(
        "<svg viewBox='0 0 %d %d' role='img' aria-label='%s by %s'>",
        WIDTH, HEIGHT, escaped(yTitle), escaped(xTitle));
    for (int i = 0; i <= TICKS; i++) {
      double y = y(i / (double) TICKS);
      add(
          "<line x1='%d' x2='%d' y1='%s' y2='%s' class='grid'/>",
          LEFT, WIDTH - RIGHT, plain(y), plain(y));
      text(LEFT - 6, y + 4, "end", number(top * i / TICKS));
    }
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 34, "middle", xTitle);
    add(
        "<text x='14' y='%d' text-anchor='middle' transform='rotate(-90 14 %d)'>%s</text>",
        (TOP + HEIGHT - BOTTOM) / 2, (TOP + HEIGHT - BOTTOM) / 2, escaped(yTitle));
  }

  private void legend(List<String> names) {
    double x = LEFT;
    for (int i = 0; i < names.size(); i++) {
      add(
          "<rect x='%s' y='%d' width='10' height='10' fill='%s'/>",
          plain(x), HEIGHT - 14, COLOURS[i % COLOURS.length]);
      text(x + 14, HEIGHT - 5, "start", names.get(i));
      x += 28 + 6.4 * names.get(i).length();
    }
  }

  private void text(double x, double y, String anchor, String text) {
    add(
        "<text x='%s' y='%s' text-anchor='%s'>%s</text>",
        plain(x), plain(y), anchor, escaped(text));
  }

  private void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private String finish() {
    return svg.append("</svg>\n").toString();
  }

  private double x(double part) {
    return LEFT + part * (WIDTH - LEFT - RIGHT);
  }

  private double y(double part) {
    return HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP);
  }

  /** The next higher number that is 1, 2 or 5 times a power of ten. */
  private static double round(double value) {
    if (value <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 2, 5, 10}) {
      if (value <= step * power * (1 + 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String number(double value) {
    return Math.abs(value) >= 10
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
  }
}
