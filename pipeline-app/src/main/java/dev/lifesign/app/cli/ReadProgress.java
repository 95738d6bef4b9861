package dev.lifesign.app.cli;

import dev.lifesign.lab.file.Line;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar of the lines read, with rate and remaining time; shown only on a terminal. */
final class ReadProgress implements AutoCloseable {

  private static final int STEP = 1_000;
  private final Optional<ProgressBar> bar;
  private final AtomicLong lines = new AtomicLong();

  ReadProgress(String task) {
    this(task, " events");
  }

  /**
   * A bar.
   *
   * @param unit what is read, after a space
   */
  ReadProgress(String task, String unit) {
    bar =
        !Terminal.isInteractive()
            ? Optional.empty()
            : Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(task)
                    .setUnit(unit, 1)
                    .setInitialMax(-1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed()
                    .build());
  }

  void total(long count) {
    bar.ifPresent(b -> b.maxHint(count));
  }

  void step(Line line) {
    step();
  }

  void step() {
    step(1);
  }

  /** Adds lines read. Thread-safe. */
  void step(int more) {
    long now = lines.addAndGet(more);
    if (now / STEP != (now - more) / STEP) {
      bar.ifPresent(b -> b.stepTo(now));
    }
  }

  @Override
  public void close() {
    bar.ifPresent(
        b -> {
          b.stepTo(lines.get());
          b.close();
        });
  }
}
