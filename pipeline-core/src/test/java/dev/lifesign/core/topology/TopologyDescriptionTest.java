package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.core.contract.PipelineObserver;
import dev.lifesign.core.contract.PipelineOptions;
import dev.lifesign.core.wire.AvroSerde;
import dev.lifesign.core.wire.InMemoryRegistry;
import dev.lifesign.domain.policy.Presets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A renamed node, store or topic is a migration: this test makes it a decision. */
class TopologyDescriptionTest {

  @Test
  void theTopologyIsTheOneReleased() throws IOException {
    PipelineOptions options =
        PipelineOptions.ofLog(Presets.policy("retail"), 1, PipelineObserver.NONE);
    AvroSerde serde = new AvroSerde(new InMemoryRegistry());
    try (InputStream golden = getClass().getResourceAsStream("/golden/topology.txt")) {
      assertThat(PipelineTopology.build(options, () -> serde).describe().toString())
          .isEqualToNormalizingNewlines(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
