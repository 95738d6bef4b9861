package dev.lifesign.bench.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Limits a process, including its compiler and collector threads, to one processor with {@code
 * taskset} of util-linux. A JVM cannot do that: {@code -XX:ActiveProcessorCount} determines how
 * many threads it starts, not where they run.
 */
public final class OneProcessor {

  private static final Path STATUS = Path.of("/proc/self/status");

  private static final String ALLOWED = "Cpus_allowed_list:";

  private OneProcessor() {}

  /** Whether a process can be limited to one processor on this machine. */
  public static boolean isPossible() {
    return !command().isEmpty();
  }

  /** The prefix for the command of the process; empty if it cannot be limited. */
  static List<String> command() {
    return taskset()
        .flatMap(taskset -> allowed().map(one -> List.of(taskset.toString(), "-c", one)))
        .orElse(List.of());
  }

  private static Optional<Path> taskset() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(dir -> Path.of(dir, "taskset"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The first processor that this process may use, from a list such as {@code 0-1,4}. */
  private static Optional<String> allowed() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(ALLOWED))
          .map(line -> line.substring(ALLOWED.length()).strip().replaceFirst("[-,].*", ""))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
