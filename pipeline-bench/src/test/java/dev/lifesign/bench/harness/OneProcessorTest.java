package dev.lifesign.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneProcessorTest {

  @Test
  void aProcessThatIsHeldToOneProcessorSeesOne() throws IOException {
    assumeTrue(OneProcessor.isPossible(), "there is no taskset here");
    List<String> command = new ArrayList<>(OneProcessor.command());
    command.add("nproc");
    assertThat(said(command)).isEqualTo("1\n");
  }

  private static String said(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
