package dev.lifesign.bench.entrant;

import dev.lifesign.app.config.Settings;
import dev.lifesign.app.runtime.LivePipeline;
import dev.lifesign.core.contract.PipelineObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/** Lifesign as it runs live, with ticks by the wall clock; runs until its process is ended. */
final class LiveEntrant implements Entrant {

  @Override
  public void run(EntrantRun run, Progress progress) {
    Settings settings = StreamsSetup.live(run);
    try (InputStream policy = LiveEntrant.class.getResourceAsStream("/bench-policy.yaml")) {
      Files.copy(policy, settings.policy());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (LivePipeline pipeline =
        LivePipeline.start(settings, Optional.empty(), PipelineObserver.NONE)) {
      pipeline.runner().awaitEnd();
    }
  }
}
