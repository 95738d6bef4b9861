package dev.lifesign.domain.policy;

import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The known policies, oldest first, in ascending order of version and instant. The first applies
 * from the beginning of time. All number days, weeks and months by the same calendar.
 *
 * @param list at least one
 */
public record Policies(List<PolicyInForce> list) {

  /**
   * Checks the order and the calendars.
   *
   * @throws IllegalArgumentException if the list is empty, if versions or instants do not ascend,
   *     or if the calendar changes other than by its weekend
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
      requireSameCalendar(before.policy(), after.policy());
    }
  }

  private static void requireSameCalendar(Policy before, Policy after) {
    Optional<String> conflict = before.calendar().conflictWith(after.calendar());
    if (conflict.isPresent()) {
      throw new IllegalArgumentException(
          "Policy version %d changes %s, but stored days are numbered by the calendar of version %d; reprocess under another application id (docs/how-to/reprocess.md)"
              .formatted(after.version(), conflict.get(), before.version()));
    }
  }

  /** A single policy, from the beginning of time. */
  public static Policies of(Policy first) {
    return new Policies(List.of(new PolicyInForce(Instants.NEVER, first)));
  }

  /** With a newer policy added. */
  public Policies with(PolicyInForce newer) {
    List<PolicyInForce> all = new ArrayList<>(list);
    all.add(newer);
    return new Policies(all);
  }

  /** The newest policy alone. */
  public Policies newestOnly() {
    return new Policies(List.of(newest()));
  }

  /** The newest policy. */
  public PolicyInForce newest() {
    return list.get(list.size() - 1);
  }

  /** The policy in force at the instant; the oldest known if the instant is before all of them. */
  public Policy at(long instant) {
    for (int i = list.size() - 1; i > 0; i--) {
      if (list.get(i).from() <= instant) {
        return list.get(i).policy();
      }
    }
    return list.get(0).policy();
  }

  /**
   * The policy of a version; if that version is no longer kept, the closest older one, or the
   * oldest.
   */
  public Policy ofVersion(int version) {
    for (int i = list.size() - 1; i > 0; i--) {
      if (list.get(i).policy().version() <= version) {
        return list.get(i).policy();
      }
    }
    return list.get(0).policy();
  }

  /** The first policy newer than a version, if there is one. */
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
