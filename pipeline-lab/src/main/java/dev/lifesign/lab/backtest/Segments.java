package dev.lifesign.lab.backtest;

import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Rung;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which cases look at segments or scores. A backtest replays customers one by one, so that it has
 * no population to take cut points from: there such cases raise nothing.
 */
final class Segments {

  private static final List<String> SCORED =
      List.of("customer.segment", "customer.r", "customer.f", "customer.m");

  private Segments() {}

  /** The policy as customers can be replayed by it: without scores, where no case needs them. */
  static Policy needed(Policy policy) {
    boolean some = !isByPopulation(policy) && policy.cases().stream().anyMatch(Segments::areSeenBy);
    return some ? policy : policy.unscored();
  }

  /** Whether a replay without a population shows what a case raises. */
  static boolean areNotMissedBy(Case one, Policy policy) {
    return !isByPopulation(policy) || !areSeenBy(one);
  }

  private static boolean isByPopulation(Policy policy) {
    return policy.rfm().cutsEvery().isPresent();
  }

  private static boolean areSeenBy(Case one) {
    return one.rungs().stream().anyMatch(rung -> rung.when() instanceof Condition.InSegment)
        || expressions(one).anyMatch(each -> SCORED.stream().anyMatch(each::reads));
  }

  private static Stream<Expression> expressions(Case one) {
    return Stream.concat(
        one.rungs().stream().map(Rung::filter).flatMap(Optional::stream),
        one.trigger().stream().flatMap(Segments::expressions));
  }

  private static Stream<Expression> expressions(EventTrigger trigger) {
    return Stream.concat(Stream.of(trigger.match()), trigger.endsWhen().stream());
  }
}
