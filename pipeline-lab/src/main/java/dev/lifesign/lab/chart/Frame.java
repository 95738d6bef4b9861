package dev.lifesign.lab.chart;

import dev.lifesign.lab.page.Page;
import java.util.Locale;

/** The drawing area of a chart, with its axis of numbers. Time and numbers run left to right. */
final class Frame {

  static final int WIDTH = 380;
  static final int HEIGHT = 236;
  private static final int RIGHT = 20;
  private static final int TOP = 28;
  private static final int BOTTOM = 42;
  private static final int TEXT_HEIGHT = 13;
  private static final int GAP = 6;

  /** A generous width of a letter, so that no text is cut off. */
  private static final double LETTER = 8;

  private final StringBuilder svg = new StringBuilder();
  private final int left;
  private final Axis vertical;

  Frame(String label, Axis vertical, String horizontal) {
    this.vertical = vertical;
    this.left =
        (int)
            (2 * GAP
                + LETTER
                    * vertical.ticks().stream()
                        .mapToInt(tick -> vertical.label().apply(tick).length())
                        .max()
                        .orElse(1));
    add(
        "<svg class='chart' viewBox='0 0 %d %d' role='img' aria-label='%s'>",
        WIDTH, HEIGHT, Page.text(label));
    for (double tick : vertical.ticks()) {
      double y = y(tick);
      add(
          "<line x1='%d' x2='%d' y1='%s' y2='%s' class='grid'/>",
          left, WIDTH - RIGHT, plain(y), plain(y));
      text(left - GAP, y + 4, "end", "", vertical.label().apply(tick));
    }
    text(0, TEXT_HEIGHT, "start", " class='title'", vertical.title());
    text(x(0.5), HEIGHT - GAP, "middle", " class='title'", horizontal);
  }

  /** A label of the horizontal axis, kept within the chart. */
  void label(double part, String text) {
    double half = width(text) / 2;
    double x = Math.max(half, Math.min(WIDTH - half, x(part)));
    text(x, HEIGHT - BOTTOM + TEXT_HEIGHT + 4, "middle", "", text);
  }

  /** How many labels of a width fit below the horizontal axis, at least one. */
  int room(double width) {
    return Math.max(1, (int) ((WIDTH - RIGHT - left) / (width + 2 * LETTER)));
  }

  /** The width of a text, roughly. */
  static double width(String text) {
    return LETTER * text.length();
  }

  private void text(double x, double y, String anchor, String style, String text) {
    add(
        "<text x='%s' y='%s' text-anchor='%s'%s>%s</text>",
        plain(x), plain(y), anchor, style, Page.text(text));
  }

  void add(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  String finish() {
    return svg.append("</svg>\n").toString();
  }

  /** The place of a part of the horizontal axis, 0 to 1. */
  double x(double part) {
    return left + part * (WIDTH - left - RIGHT);
  }

  /** The height of a number. */
  double y(double number) {
    return HEIGHT - BOTTOM - vertical.part(number) * (HEIGHT - BOTTOM - TOP);
  }

  static String plain(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
