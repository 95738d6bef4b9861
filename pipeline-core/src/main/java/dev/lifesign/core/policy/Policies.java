package dev.lifesign.core.policy;

import dev.lifesign.core.time.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The policies known, oldest first: versions and instants ascend. The first holds from the
 * beginning of time.
 *
 * @param list at least one
 */
public record Policies(List<PolicyInForce> list) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if there is none, or versions or instants do not ascend
   */
  public Policies {
    list = List.copyOf(list);
    if (list.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one policy, but there is none");
    }
    for (int i = 1; i < list.size(); i++) {
      PolicyInForce before = list.get(i - 1);
      PolicyInForce after = list.get(i);
      if (after.policy().version() <= before.policy().version() || after.from() < before.from()) {
        throw new IllegalArgumentException(
            "Expected versions and instants of policies to ascend, but version %d from %s follows version %d from %s"
                .formatted(
                    after.policy().version(),
                    Instants.format(after.from()),
                    before.policy().version(),
                    Instants.format(before.from())));
      }
    }
  }

  /** Only one policy, from the beginning of time. */
  public static Policies of(Policy first) {
    return new Policies(List.of(new PolicyInForce(Instants.NEVER, first)));
  }

  /** These and a newer one. */
  public Policies with(PolicyInForce newer) {
    List<PolicyInForce> all = new ArrayList<>(list);
    all.add(newer);
    return new Policies(all);
  }

  /** The newest alone. */
  public Policies newestOnly() {
    return new Policies(List.of(newest()));
  }

  /** The newest. */
  public PolicyInForce newest() {
    return list.get(list.size() - 1);
  }

  /** The one that holds at the instant; the oldest known for an instant before all. */
  public Policy at(long instant) {
    for (int i = list.size() - 1; i > 0; i--) {
      if (list.get(i).from() <= instant) {
        return list.get(i).policy();
      }
    }
    return list.get(0).policy();
  }

  /** The one of that version; the oldest known where that version is gone. */
  public Policy ofVersion(int version) {
    for (int i = list.size() - 1; i > 0; i--) {
      if (list.get(i).policy().version() <= version) {
        return list.get(i).policy();
      }
    }
    return list.get(0).policy();
  }

  /** The next one after that version, if there is any. */
  public Optional<PolicyInForce> after(int version) {
    if (newest().policy().version() <= version) {
      return Optional.empty();
    }
    for (PolicyInForce policy : list) {
      if (policy.policy().version() > version) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }
}
