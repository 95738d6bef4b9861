package dev.lifesign.domain.timeline;

import dev.lifesign.domain.alert.CaseReview;
import dev.lifesign.domain.alert.CommandReview;
import dev.lifesign.domain.alert.Occasion;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.condition.Scene;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.customer.SegmentState;
import dev.lifesign.domain.customer.StatusState;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.lifecycle.Cause;
import dev.lifesign.domain.lifecycle.Evidence;
import dev.lifesign.domain.lifecycle.Situation;
import dev.lifesign.domain.lifecycle.StatusChange;
import dev.lifesign.domain.lifecycle.StatusTable;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.RfmScore;
import dev.lifesign.domain.scoring.Scoring;
import dev.lifesign.domain.scoring.SegmentChange;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;

/**
 * Judges a customer at an instant under a policy: first its status, then its segment, then its
 * alerts. Computes when the next judgement is due.
 */
final class Judgement {

  private static final RfmScore UNSCORED = new RfmScore(0, 0, 0, "");

  private final Scoring scoring;

  /** A judgement with the cut points that the scoring knows. */
  Judgement(Scoring scoring) {
    this.scoring = scoring;
  }

  /**
   * The customer after the judgement; its changes are added to the decision.
   *
   * @param last the customer as last judged
   * @param customer the customer with everything that has happened since
   * @param policy the policy that decides
   * @param at the instant, milliseconds since 1970
   * @param occurrence why it is judged
   */
  Customer judge(
      Customer last,
      Customer customer,
      Policy policy,
      long at,
      Occurrence occurrence,
      DecisionBuilder decision) {
    Cause cause = occurrence.cause();
    Situation situation = Situation.of(customer, policy, at);
    Assessment now = StatusTable.assess(customer, policy, situation);
    StatusState before = customer.statusState();
    Optional<StatusChange> change = Optional.empty();
    StatusState status = before;
    if (before.isUnset() || before.status() != now.status() || before.reason() != now.reason()) {
      status = changed(before, now, at);
      change =
          Optional.of(
              new StatusChange(
                  customer.id(),
                  status.sequence(),
                  before.isUnset() ? Optional.empty() : Optional.of(before.status()),
                  now,
                  cause.late(),
                  at,
                  cause.detectedAt(),
                  policy.version(),
                  Evidence.of(customer, policy, situation),
                  Outlook.next(customer, policy, situation, now)));
      decision.add(change.get());
    }
    SegmentState segment = segment(last, customer, policy, at, cause, decision);
    long due = Deadlines.next(customer, policy, situation);
    CaseBook cases = customer.cases();
    if (policy.cases().isEmpty() && cases.cases().isEmpty()) {
      return customer.judged(at, due, status, cases, segment);
    }
    Customer settled = customer.judged(at, due, status, cases, segment);
    Scene scene = new Scene(settled, policy, situation, now, segment.current());
    if (occurrence.former().isEmpty()) {
      long next = CaseReview.nextIfQuiet(cases, scene, occurrence.event());
      if (next != Instants.NEVER) {
        return next >= due ? settled : settled.judged(at, next, status, cases, segment);
      }
    }
    Occasion occasion =
        new Occasion(
            scene,
            cause,
            occurrence.event(),
            before.isUnset(),
            reporter(change, settled, scene, decision));
    cases =
        occurrence.former().isPresent()
            ? CaseReview.adopt(cases, occurrence.former().get(), occasion)
            : CaseReview.review(cases, occasion);
    return settled.judged(at, Math.min(due, CaseReview.next(cases, scene)), status, cases, segment);
  }

  private static Occasion.Reporter reporter(
      Optional<StatusChange> change, Customer customer, Scene scene, DecisionBuilder decision) {
    return new Occasion.Reporter(
        decision::add,
        decision::countFailedExpression,
        () ->
            change.isPresent()
                ? change.get().nextReview()
                : Outlook.next(customer, scene.policy(), scene.situation(), scene.now()));
  }

  /**
   * The customer after a command on one of its alerts; what it changes is added to the decision.
   *
   * @param customer with its deadlines before the command taken
   * @param at the instant at which the command acts, not before the customer's clock
   */
  Customer carryOut(
      Customer customer,
      Command command,
      Command.OnAlert order,
      Policy policy,
      long at,
      long arrivedAt,
      DecisionBuilder decision) {
    Scene scene = scene(customer, policy, at);
    Occasion occasion = occasion(scene, arrivedAt, decision);
    CommandReview.Reviewed reviewed =
        CommandReview.carryOut(
            CaseReview.refit(customer.cases(), occasion), command, order, arrivedAt, occasion);
    decision.answer(reviewed.result(), false);
    CaseBook cases = reviewed.book();
    long due =
        customer.due() <= at
            ? customer.due()
            : Math.min(
                Deadlines.next(customer, policy, scene.situation()), CaseReview.next(cases, scene));
    return customer.judged(at, due, customer.statusState(), cases, customer.segment());
  }

  /** Ends the open alerts of a customer who is erased. */
  void erase(
      Customer customer,
      Command command,
      Policy policy,
      long at,
      long arrivedAt,
      DecisionBuilder decision) {
    CommandReview.erase(
        customer.cases(), command.by(), occasion(scene(customer, policy, at), arrivedAt, decision));
    decision.answer(new CommandResult(command, Refusal.NONE, 0), true);
  }

  private static Scene scene(Customer customer, Policy policy, long at) {
    return new Scene(
        customer,
        policy,
        Situation.of(customer, policy, at),
        new Assessment(customer.statusState().status(), customer.statusState().reason()),
        customer.segment().current());
  }

  private static Occasion occasion(Scene scene, long arrivedAt, DecisionBuilder decision) {
    return new Occasion(
        scene,
        Cause.command(arrivedAt),
        Optional.empty(),
        false,
        reporter(Optional.empty(), scene.customer(), scene, decision));
  }

  private SegmentState segment(
      Customer last,
      Customer customer,
      Policy policy,
      long at,
      Cause cause,
      DecisionBuilder decision) {
    if (scoring.areHeld(last, customer, policy, at)) {
      return customer.segment();
    }
    Optional<RfmScore> score = scoring.score(last, customer, policy, at);
    RfmScore now = score.orElse(UNSCORED);
    SegmentState before = customer.segment().scored(now.recency(), now.frequency(), now.monetary());
    if (now.segment().equals(before.current())) {
      return before;
    }
    decision.add(
        new SegmentChange(
            customer.id(),
            before.current(),
            now.segment(),
            score,
            cause.late(),
            at,
            cause.detectedAt(),
            policy.version()));
    return before.changed(now.segment(), at);
  }

  private static StatusState changed(StatusState before, Assessment now, long at) {
    boolean sameStatus = !before.isUnset() && before.status() == now.status();
    long inactiveSince = Instants.NEVER;
    if (now.status().isInactive()) {
      inactiveSince =
          !before.isUnset() && before.status().isInactive() ? before.inactiveSince() : at;
    }
    return new StatusState(
        now.status(),
        now.reason(),
        sameStatus ? before.since() : at,
        before.sequence() + 1,
        inactiveSince,
        before.returnedAt());
  }
}
