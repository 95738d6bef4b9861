package dev.lifesign.bench.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * A flame graph (Gregg 2016, The flame graph, ACM Queue 14(2)) of a recording of the JDK's Flight
 * Recorder: the wider a frame, the more samples had it on the stack. RocksDB appears narrower than
 * it is, because the recorder samples only a few of the threads in native code, including idle
 * ones. Compiler and collector are missing, because the recorder samples only threads that run
 * Java.
 */
public final class FlameGraph {

  private static final int WIDTH = 1_400;
  private static final int ROW = 17;
  private static final double LEAST = 0.003;
  private static final int DEEPEST = 60;
  private static final String JAVA = "jdk.ExecutionSample";
  private static final String NATIVE = "jdk.NativeMethodSample";

  private final StringBuilder svg = new StringBuilder();
  private int rows;

  private static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private long samples;

    void add(List<String> frames, int from) {
      samples++;
      if (from < frames.size()) {
        children.computeIfAbsent(frames.get(from), any -> new Node()).add(frames, from + 1);
      }
    }
  }

  private FlameGraph() {}

  /** Draws a recording as SVG. */
  public static String svg(Path recording) {
    Node root = new Node();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        add(root, file.readEvent());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FlameGraph graph = new FlameGraph();
    graph.draw(root, "all", 0, 0, WIDTH, root.samples);
    int height = (graph.rows + 1) * ROW;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"11\">%n%s</svg>%n"
        .formatted(WIDTH, height, graph.svg);
  }

  private static void add(Node root, RecordedEvent event) {
    String kind = event.getEventType().getName();
    RecordedStackTrace trace = event.getStackTrace();
    if (trace == null || !Set.of(JAVA, NATIVE).contains(kind)) {
      return;
    }
    List<String> frames = trace.getFrames().stream().map(FlameGraph::name).toList();
    if (frames.isEmpty() || (kind.equals(NATIVE) && !frames.get(0).startsWith("RocksDB."))) {
      return;
    }
    List<String> fromBottom = new ArrayList<>(frames);
    Collections.reverse(fromBottom);
    root.add(fromBottom, 0);
  }

  private static String name(RecordedFrame frame) {
    String type = frame.getMethod().getType().getName();
    int lambda = type.indexOf("$$Lambda");
    String known = lambda < 0 ? type : type.substring(0, lambda) + "$lambda";
    return known.substring(known.lastIndexOf('.') + 1) + "." + frame.getMethod().getName();
  }

  private void draw(Node node, String name, int depth, double x, double width, long all) {
    if (width < LEAST * WIDTH || depth > DEEPEST) {
      return;
    }
    rows = Math.max(rows, depth);
    int hue = name.contains("lifesign") || OWN.stream().anyMatch(name::startsWith) ? 210 : 30;
    int light = 62 + Math.floorMod(name.hashCode(), 16);
    String share = String.format(Locale.ROOT, "%.1f %%", 100.0 * node.samples / all);
    int letters = (int) (width / 6.7);
    String text =
        name.length() <= letters ? name : letters < 4 ? "" : name.substring(0, letters - 1) + "…";
    svg.append(
        String.format(
            Locale.ROOT,
            "<g><title>%s, %s</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"hsl(%d,70%%,%d%%)\"/><text x=\"%.1f\" y=\"%d\">%s</text></g>%n",
            escaped(name),
            share,
            x,
            depth * ROW,
            Math.max(0.5, width - 0.5),
            ROW - 1,
            hue,
            light,
            x + 3,
            depth * ROW + 12,
            escaped(text)));
    double place = x;
    List<Map.Entry<String, Node>> children =
        node.children.entrySet().stream()
            .sorted(
                Comparator.comparingLong((Map.Entry<String, Node> e) -> -e.getValue().samples)
                    .thenComparing(Map.Entry::getKey))
            .toList();
    for (Map.Entry<String, Node> child : children) {
      double part = width * child.getValue().samples / node.samples;
      draw(child.getValue(), child.getKey(), depth + 1, place, part, all);
      place += part;
    }
  }

  /** Lifesign's own classes on the hot path. */
  private static final List<String> OWN =
      List.of(
          "ScoringProcessor",
          "CustomerStore",
          "DeadlineIndex",
          "FactSink",
          "EventReader",
          "Timeline",
          "Deadlines",
          "Aggregation",
          "CustomerCodec",
          "CustomerWriter",
          "CustomerReader",
          "HistoryCodec",
          "FactWriter",
          "AvroSerde",
          "Profile",
          "FixedCuts");

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
