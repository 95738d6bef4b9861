package dev.lifesign.bench.flink;

import dev.lifesign.bench.entrant.EntrantMain;
import dev.lifesign.bench.entrant.EntrantRun;
import dev.lifesign.bench.entrant.Progress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process of the entrant that is Apache Flink: a mini cluster, and the job on it. */
public final class FlinkMain {

  private FlinkMain() {}

  /** Runs it once: what it is told stands in a file, and its result is written beside that. */
  public static void main(String[] args) throws Exception {
    EntrantRun run = EntrantRun.load(Path.of(args[0]));
    Progress progress = new Progress(run.warmup(), run.job().total());
    FlinkJob.run(run, progress);
    Files.writeString(run.dir().resolve(EntrantMain.RESULT), progress.result());
    System.exit(0);
  }
}
