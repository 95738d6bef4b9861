package dev.lifesign.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.app.config.PolicyFile;
import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.Presets;
import dev.lifesign.core.streams.Topics;
import dev.lifesign.schema.ControlRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that start at once agree on the policy, and publish it once. */
class PolicyLogTest {

  private static final int INSTANCES = 6;

  @TempDir Path dir;

  @Test
  void instancesThatStartAtOncePublishThePolicyOnce() throws Exception {
    String text = Presets.text("retail");
    PolicyFile file = new PolicyFile(Presets.policy("retail"), text);
    ExecutorService executor = Executors.newFixedThreadPool(INSTANCES);
    try (Sandbox sandbox = new Sandbox(dir, 3, text, Map.of())) {
      CyclicBarrier together = new CyclicBarrier(INSTANCES);
      List<Future<Policy>> first = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        PolicyLog log = new PolicyLog(new Connections(sandbox.settings), sandbox.settings, 3);
        first.add(
            executor.submit(
                () -> {
                  together.await();
                  return log.bringIntoForce(file, Instant.now());
                }));
      }
      for (Future<Policy> policy : first) {
        assertThat(policy.get()).isEqualTo(file.policy());
      }
      assertThat(sandbox.read(Topics.STANDARD.control(), ControlRecord.class)).hasSize(3);
    } finally {
      executor.shutdownNow();
    }
  }
}
