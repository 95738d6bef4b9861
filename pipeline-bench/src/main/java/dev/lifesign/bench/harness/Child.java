package dev.lifesign.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A separate process, so that no entrant runs code that another has warmed up, or shares its
 * memory.
 */
final class Child implements AutoCloseable {

  private final Process process;
  private final Path log;
  private final Thread atExit;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    // The process must not survive an interrupted benchmark.
    this.atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  static Child start(Path log, List<String> flags, String classPath, String main, String... args) {
    return start(List.of(), log, flags, classPath, main, args);
  }

  /** Starts a process as the argument of another command. */
  static Child start(
      List<String> under,
      Path log,
      List<String> flags,
      String classPath,
      String main,
      String... args) {
    List<String> command = new ArrayList<>(under);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseParallelGC");
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(args));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new Child(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Pauses the process with all its threads until it is released. */
  void hold() {
    signal("STOP");
  }

  /** Resumes the process. */
  void release() {
    signal("CONT");
  }

  /** Sends a signal by {@code kill}, since a JVM can only end other processes. */
  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid()))
              .redirectErrorStream(true)
              .start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException(
            "SIG%s could not be sent to a process: %s"
                .formatted(
                    name,
                    new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Waits for the end of the process; false if it exceeded the budget and was killed. */
  boolean awaitEnd(Duration budget) {
    try {
      if (process.waitFor(budget.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      close();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The output of the process. */
  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
