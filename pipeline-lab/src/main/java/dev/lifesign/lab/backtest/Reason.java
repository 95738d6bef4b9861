package dev.lifesign.lab.backtest;

/** Why a candidate was taken or not. */
enum Reason {
  /** It is recommended. */
  TAKEN,
  /** It was the best choice where it was tuned, and did worse where it was not. */
  TAKEN_WORSE,
  /** It is the best choice, and says no more than the same guess for everybody. */
  USELESS,
  /** It goes beyond the limits, and so does every other one. */
  LEFT,
  /** It puts customers at risk sooner than the limits allow. */
  TOO_SOON,
  /** Its models had seen what it would be compared by. */
  SEEN,
  /** It would tell people something more often than the limits allow. */
  TOO_MANY,
  /** It is better than the one taken, but no more than chance would make it. */
  CHANCE,
  /** It is no better than the one taken, give or take chance, and less simple. */
  LESS_SIMPLE,
  /** It is worse than the best by more than chance. */
  WORSE;

  /**
   * The reason for a candidate.
   *
   * @param kind what the backtest came to
   * @param earliest the shortest silence that may put a customer at risk, days
   */
  static Reason of(Choice choice, Choice.Weighed weighed, Verdict.Kind kind, int earliest) {
    Choice.Weighed taken = choice.recommended();
    if (weighed.equals(taken)) {
      if (!weighed.allowed()) {
        return LEFT;
      }
      return switch (kind) {
        case WORSE, WORSE_THAN_GUESS -> TAKEN_WORSE;
        case SILENT -> weighed.candidate().index() == 0 ? TAKEN : USELESS;
        case LOST, BACK, EARLY, SAME, LIMITED, KEEP, CHANGE -> TAKEN;
      };
    }
    if (!weighed.allowed()) {
      if (weighed.candidate().index() > 0
          && weighed.candidate().seenByModel() == FittedUntil.Seen.YES) {
        return SEEN;
      }
      return RiskSetting.earliest(weighed.candidate().policy().policy()) < earliest
          ? TOO_SOON
          : TOO_MANY;
    }
    if (weighed.value() > taken.value()) {
      return CHANCE;
    }
    double best =
        choice.weighed().stream()
            .filter(Choice.Weighed::allowed)
            .mapToDouble(Choice.Weighed::value)
            .max()
            .orElse(taken.value());
    return best - weighed.value() <= weighed.error() ? LESS_SIMPLE : WORSE;
  }
}
