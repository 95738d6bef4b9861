package dev.lifesign.lab.backtest;

import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.lab.file.PolicyFile;
import java.util.List;
import java.util.Locale;

/**
 * A policy that may be recommended.
 *
 * @param index its place among the candidates; those that were given come first, in their order
 * @param origin where it comes from
 * @param name the name of a policy that was given, or of a preset; empty for a method that was
 *     tuned
 * @param policy the policy
 * @param flagged the customers whom it predicts lost, per cutoff that is tuned on
 * @param notificationsPerWeek how often it would tell people something per week; NaN if that was
 *     not estimated
 * @param seenByModel whether a model that it decides by was fitted to what came after these cutoffs
 */
public record Candidate(
    int index,
    Origin origin,
    String name,
    PolicyFile policy,
    List<GroupSums> flagged,
    double notificationsPerWeek,
    FittedUntil.Seen seenByModel) {

  /** The methods, the simplest first. */
  private static final List<RiskMethod> SIMPLEST =
      List.of(RiskMethod.FIXED, RiskMethod.PERSONAL, RiskMethod.RETURN, RiskMethod.MODEL);

  /** Where a candidate comes from, the simplest first. */
  public enum Origin {
    /** A policy that was given: nothing would change. */
    GIVEN,
    /** A given policy with the shortest silences made longer, since it is outside the limits. */
    RAISED,
    /** The rules of silence of a preset. */
    PRESET,
    /** A method that was tuned on the history. */
    TUNED
  }

  /** Keeps its own copy. */
  public Candidate {
    flagged = List.copyOf(flagged);
  }

  /** The same candidate at another place. */
  Candidate at(int place) {
    return new Candidate(place, origin, name, policy, flagged, notificationsPerWeek, seenByModel);
  }

  /** A short name that no other candidate has. */
  public String label() {
    return switch (origin) {
      case GIVEN -> name;
      case RAISED -> name + ", within the limits";
      case PRESET -> "preset: " + name;
      case TUNED -> "tuned: " + setting().method().name().toLowerCase(Locale.ROOT);
    };
  }

  /** Its risk method. */
  public RiskSetting setting() {
    return RiskSetting.of(policy.policy());
  }

  /** Orders candidates from the simplest to the most complicated. */
  int complexity() {
    // To keep the first given policy is the simplest of all.
    return index == 0
        ? -1
        : SIMPLEST.size() * origin.ordinal() + SIMPLEST.indexOf(setting().method());
  }
}
