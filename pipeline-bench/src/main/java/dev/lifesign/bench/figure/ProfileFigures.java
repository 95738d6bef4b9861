package dev.lifesign.bench.figure;

import dev.lifesign.bench.harness.EntrantSpec;
import dev.lifesign.bench.job.Ticks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Profiles a run. */
public final class ProfileFigures {

  private ProfileFigures() {}

  /** Runs the whole job once under the JDK's Flight Recorder, and writes {@code flame.svg}. */
  public static List<Figure> measure(Bench bench, Path out) {
    Path recording = bench.site().dir().resolve("profile.jfr");
    EntrantSpec recorded =
        EntrantSpec.own("lifesign-exactly-once", true)
            .withFlags(
                List.of(
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                        + recording));
    double rate =
        bench
            .rounds(bench.scale().whole(), Ticks.HOURLY, false, 1, List.of(recorded))
            .get(recorded.name())
            .get(0)
            .rate();
    try {
      Files.createDirectories(out);
      Files.writeString(out.resolve("flame.svg"), FlameGraph.svg(recording));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        Figure.told(
            "Under the profiler", "Where the time goes: flame.svg.", "events/s", List.of(rate)));
  }
}
