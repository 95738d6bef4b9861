package dev.lifesign.bench.entrant;

import dev.lifesign.core.policy.Policy;
import dev.lifesign.core.policy.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The policy of every run. */
public final class BenchPolicy {

  private BenchPolicy() {}

  /** The policy. */
  public static Policy policy() {
    try (InputStream file = BenchPolicy.class.getResourceAsStream("/bench-policy.yaml")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return PolicyReader.read(text).policy().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
