package dev.lifesign.bench.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark's short form, as a user calls it: every entrant does the same job, or is shown as
 * one that does not. How fast they are is not looked at.
 */
class ShortBenchIT {

  private static final Path BENCH = Path.of("..", "pipeline-bench", "target");

  @TempDir Path dir;

  @Test
  void everyEntrantTellsTheSameStatusChanges() throws IOException, InterruptedException {
    Path log = dir.resolve("log");
    Process bench =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                BENCH.resolve("classes") + ":" + BENCH.resolve("lib") + "/*",
                "dev.lifesign.bench.BenchCommand",
                "--short",
                "--only=throughput,many,flink",
                "--out=" + dir.resolve("out"),
                "--flink=.")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = bench.waitFor(30, TimeUnit.MINUTES);
    bench.destroyForcibly();
    String said = Files.readString(log, StandardCharsets.UTF_8);
    System.out.println(said);
    assertThat(ended).isTrue();
    assertThat(bench.exitValue()).isZero();
    assertThat(Files.readString(dir.resolve("out/report.md")))
        .contains("lifesign-exactly-once equal", "lifesign-at-least-once equal", "flink equal")
        .contains(
            "flink-commit-1s equal",
            "lifesign-commit-1s equal",
            "lifesign-without-profiles equal",
            "Lifesign : bare processor",
            "hopping windows",
            "Ten times the existing customers",
            "Restore : raw consumption");
    assertThat(dir.resolve("out/report.html")).content().contains("<svg", "Lifesign : Flink");
  }
}
