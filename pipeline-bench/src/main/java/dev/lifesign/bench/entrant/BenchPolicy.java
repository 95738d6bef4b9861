package dev.lifesign.bench.entrant;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The policy of every run. */
public final class BenchPolicy {

  private BenchPolicy() {}

  /** The policy, without scoring, since the other entrants do not score. */
  public static Policy policy() {
    return PolicyReader.read(text()).policy().orElseThrow();
  }

  /** The same policy with scores by the population's quintiles. */
  public static Policy scored() {
    String text = text().replace("cuts: none", "cuts: population");
    return PolicyReader.read(text).policy().orElseThrow();
  }

  private static String text() {
    try (InputStream file = BenchPolicy.class.getResourceAsStream("/bench-policy.yaml")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
