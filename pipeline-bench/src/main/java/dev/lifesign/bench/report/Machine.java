package dev.lifesign.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Describes the machine of a benchmark. */
final class Machine {

  private Machine() {}

  static String description() {
    return "%s, %d cores, %s; Java %s (%s), %s %s"
        .formatted(
            firstValue(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch")),
            Runtime.getRuntime().availableProcessors(),
            memory(),
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            System.getProperty("os.name"),
            System.getProperty("os.version"));
  }

  private static String memory() {
    String total = firstValue(Path.of("/proc/meminfo"), "MemTotal", "");
    String digits = total.replaceAll("\\D", "");
    return digits.isEmpty()
        ? "memory unknown"
        : Math.round(Long.parseLong(digits) / 1048576.0) + " GiB";
  }

  private static String firstValue(Path file, String key, String otherwise) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }
}
