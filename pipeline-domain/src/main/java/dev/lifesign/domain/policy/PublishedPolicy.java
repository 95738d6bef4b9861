package dev.lifesign.domain.policy;

import dev.lifesign.domain.document.Fault;
import java.util.stream.Collectors;

/**
 * A policy as it was published.
 *
 * @param version its version
 * @param text the policy file
 * @param format the least {@link PolicyFormat} that a build must read to understand it
 * @param build the build that published it; empty where it is not known
 */
public record PublishedPolicy(int version, String text, int format, String build) {

  private static final int FAULTS_SHOWN = 3;

  /** A policy that this build publishes. */
  public static PublishedPolicy by(String build, int version, String text) {
    return new PublishedPolicy(version, text, PolicyFormat.leastFor(text), build);
  }

  /**
   * The policy.
   *
   * @throws UnreadablePolicyException if this build does not understand it
   */
  public Policy read() {
    if (format > PolicyFormat.NEWEST) {
      throw unreadable(
          "it needs policy format %d, and this build reads formats up to %d"
              .formatted(format, PolicyFormat.NEWEST));
    }
    PolicyReading reading = PolicyReader.readPublished(text);
    return reading
        .policy()
        .orElseThrow(
            () ->
                unreadable(
                    "this build does not understand it ("
                        + reading.faults().stream()
                            .limit(FAULTS_SHOWN)
                            .map(Fault::toString)
                            .collect(Collectors.joining("; "))
                        + ")"));
  }

  private UnreadablePolicyException unreadable(String why) {
    return new UnreadablePolicyException(
        "Expected to read policy version %d, which is in force, but %s; run %s, or a later build"
            .formatted(
                version,
                why,
                build.isEmpty()
                    ? "the build of Lifesign that published it"
                    : build + ", which published it"));
  }
}
