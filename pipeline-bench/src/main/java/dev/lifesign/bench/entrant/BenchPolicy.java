package dev.lifesign.bench.entrant;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The policy of every run. */
public final class BenchPolicy {

  private static final String FIXED_CUTS =
      "{ recencyDays: [14, 45, 120, 240], orders: [1, 2, 4, 8], money: [2000, 5000, 15000, 50000] }";

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

  /** The same policy with scores by fixed cut points, and with cases. */
  private static Policy withCuts(String cases) {
    String text =
        text().replace("cuts: none", "cuts: " + FIXED_CUTS).replace("cases: []", cases) + "\n";
    return PolicyReader.read(text).policy().orElseThrow();
  }

  private static String casesForShops() {
    String preset = Presets.text("retail");
    return preset.substring(preset.indexOf("cases:"));
  }

  /** The policy of an entrant. */
  static Policy of(String entrant) {
    return switch (entrant) {
      case EntrantMain.CUTS -> withCuts("cases: []");
      case EntrantMain.CASES -> withCuts(casesForShops());
      default -> EntrantMain.scores(entrant) ? scored() : policy();
    };
  }

  /**
   * The same policy with another risk method, and a purchase model that suits this base. Customers
   * are at risk after the same silence under each method, so that only deciding it differs.
   *
   * @param method as in a policy file
   */
  public static Policy byMethod(String method) {
    String text =
        text()
                .replace(
                    "method: fixed",
                    """
                    method: %s
                        model: { min: P150D, max: P150D }
                        return: { min: P150D, max: P150D }"""
                        .formatted(method))
            + "model: { family: MBG_NBD, r: 1.2, alpha: 12, a: 0.5, b: 4, spend: { p: 6, q: 4, v: 15 } }\n";
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
