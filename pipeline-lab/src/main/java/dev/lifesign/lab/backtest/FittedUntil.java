package dev.lifesign.lab.backtest;

import dev.lifesign.lab.file.PolicyFile;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the models of a policy were fitted to. A policy says it in a comment, such as {@code #
 * Fitted to purchases up to 2011-03-01.}; where there are several, the latest day counts.
 *
 * @param hasModel whether the policy has models
 * @param day the last day that they were fitted to, days since 1970-01-01; empty if there are no
 *     models, or if the policy does not say it
 */
record FittedUntil(boolean hasModel, OptionalInt day) {

  private static final Pattern COMMENT =
      Pattern.compile(
          "^\\s*# Fitted to purchases up to (\\d{4}-\\d{2}-\\d{2})\\.\\s*$", Pattern.MULTILINE);

  /** Whether the models of a policy were fitted to a holdout by which the policy is judged. */
  public enum Seen {
    /** They were: its figures flatter the policy. */
    YES,
    /** They were not, or there are no models. */
    NO,
    /** The policy does not say what its models were fitted to. */
    UNKNOWN
  }

  /** What a policy says. */
  static FittedUntil of(PolicyFile policy) {
    if (policy.policy().model().isEmpty()) {
      return new FittedUntil(false, OptionalInt.empty());
    }
    OptionalInt latest = OptionalInt.empty();
    Matcher comments = COMMENT.matcher(policy.text());
    while (comments.find()) {
      OptionalInt day = day(comments.group(1));
      if (day.isEmpty()) {
        return new FittedUntil(true, day);
      }
      latest = OptionalInt.of(Math.max(latest.orElse(Integer.MIN_VALUE), day.getAsInt()));
    }
    return new FittedUntil(true, latest);
  }

  private static OptionalInt day(String date) {
    try {
      return OptionalInt.of((int) LocalDate.parse(date).toEpochDay());
    } catch (DateTimeException e) {
      return OptionalInt.empty();
    }
  }

  /** Models that were fitted here. */
  static FittedUntil day(int day) {
    return new FittedUntil(true, OptionalInt.of(day));
  }

  /**
   * What the models of a candidate were fitted to.
   *
   * @param given the policy that the candidate was made from
   * @param lastDay the last day that this backtest's own models were fitted to
   */
  static FittedUntil of(Candidate candidate, PolicyFile given, int lastDay) {
    return switch (candidate.origin()) {
      case GIVEN -> of(candidate.policy());
      case RAISED, PRESET -> of(given);
      case TUNED -> candidate.setting().method().needsModel() ? day(lastDay) : of(given);
    };
  }

  /**
   * Whether the models had seen a holdout.
   *
   * @param cutoff the first day of the holdout
   */
  Seen seen(int cutoff) {
    if (!hasModel) {
      return Seen.NO;
    }
    if (day.isEmpty()) {
      return Seen.UNKNOWN;
    }
    return day.getAsInt() >= cutoff ? Seen.YES : Seen.NO;
  }

  /** The comment that says it in a policy; empty if there is nothing to say. */
  String comment() {
    return day.isPresent()
        ? "# Fitted to purchases up to %s.\n".formatted(LocalDate.ofEpochDay(day.getAsInt()))
        : "";
  }
}
