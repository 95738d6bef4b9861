package dev.lifesign.app.command;

import dev.lifesign.app.file.Line;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar of lines read, with rate and time left, where somebody looks at it. */
final class ReadProgress implements AutoCloseable {

  private static final int STEP = 1_000;
  private final Optional<ProgressBar> bar;
  private long lines;

  ReadProgress(String task) {
    bar =
        !Terminal.isInteractive()
            ? Optional.empty()
            : Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(task)
                    .setUnit(" events", 1)
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
    lines++;
    if (lines % STEP == 0) {
      bar.ifPresent(b -> b.stepTo(lines));
    }
  }

  @Override
  public void close() {
    bar.ifPresent(
        b -> {
          b.stepTo(lines);
          b.close();
        });
  }
}
