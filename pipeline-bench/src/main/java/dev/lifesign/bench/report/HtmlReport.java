package dev.lifesign.bench.report;

import dev.lifesign.bench.figure.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The figures as an HTML page, each with a bar from minimum to maximum and marks at the median and
 * the goal.
 */
final class HtmlReport {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 22;
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Lifesign, measured</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 1080px; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
      h1 { font-size: 1.5rem } table { border-collapse: collapse; width: 100% }
      th, td { text-align: left; padding: .45rem .6rem; border-bottom: 1px solid #d9dee4; vertical-align: top }
      td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
      small { color: #57606a } .met { color: #116329 } .missed { color: #a40e26; font-weight: 600 }
      </style></head><body><h1>Lifesign, measured</h1>
      """;

  private final List<Figure> figures;
  private final List<String> intro;
  private final Optional<String> flames;

  HtmlReport(List<Figure> figures, List<String> intro, Optional<String> flames) {
    this.figures = figures;
    this.flames = flames;
    this.intro = intro;
  }

  String html() {
    StringBuilder page = new StringBuilder(HEAD);
    intro.forEach(line -> page.append("<p>").append(escape(line)).append("</p>\n"));
    page.append(
        "<table><thead><tr><th>figure</th><th class=n>goal</th><th class=n>median</th>"
            + "<th>least to greatest; the line is the goal</th></tr></thead><tbody>\n");
    for (Figure figure : figures) {
      page.append(
          "<tr><td>%s<br><small>%s</small></td><td class=n>%s</td><td class=\"n %s\">%s <small>%s</small></td><td>%s</td></tr>%n"
              .formatted(
                  escape(figure.name()),
                  escape(figure.meaning()),
                  escape(figure.goalText()),
                  figure.goal().isEmpty() ? "" : figure.met() ? "met" : "missed",
                  Figure.text(figure.median()),
                  escape(figure.unit()),
                  chart(figure)));
    }
    page.append("</tbody></table>\n");
    flames.ifPresent(svg -> page.append("<h2>Where the time goes</h2>\n").append(svg));
    return page.append("</body></html>\n").toString();
  }

  private static String chart(Figure figure) {
    double most = Math.max(figure.max(), figure.goal().orElse(0)) * 1.1;
    StringBuilder svg =
        new StringBuilder(
            "<svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s to %s\">"
                .formatted(WIDTH, HEIGHT, Figure.text(figure.min()), Figure.text(figure.max())));
    svg.append(rect(0, x(figure.median(), most), 7, 8, "#c8d8ee"));
    svg.append(rect(x(figure.min(), most), x(figure.max(), most), 4, 14, "#6f9bd1"));
    svg.append(
        rect(x(figure.median(), most) - 1.5, x(figure.median(), most) + 1.5, 2, 18, "#0b3d75"));
    figure
        .goal()
        .ifPresent(
            goal -> svg.append(rect(x(goal, most) - 1, x(goal, most) + 1, 0, 22, "#a40e26")));
    return svg.append("</svg>").toString();
  }

  private static double x(double value, double most) {
    return most == 0 ? 0 : WIDTH * value / most;
  }

  private static String rect(double from, double to, int y, int height, String colour) {
    return String.format(
        Locale.ROOT,
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
        from,
        y,
        Math.max(1, to - from),
        height,
        colour);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
