package dev.lifesign.domain.alert;

import dev.lifesign.domain.condition.Scene;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reviews all cases of a customer in one judgement, in the policy's order (semantics, Alerts). */
public final class CaseReview {

  private CaseReview() {}

  /**
   * The next instant at which a case can change with no further event; FOREVER if there is none,
   * and NEVER if the judgement itself changes a case, so that they need a review. Nearly all
   * judgements change none, and finding out allocates nothing.
   *
   * @param book before the judgement
   * @param event the event; empty if it is none
   */
  public static long nextIfQuiet(CaseBook book, Scene scene, Optional<Event> event) {
    long next = Instants.FOREVER;
    List<Case> cases = scene.policy().cases();
    for (int i = 0; i < cases.size() && next != Instants.NEVER; i++) {
      next = Math.min(next, nextIfQuiet(cases.get(i), known(book, cases.get(i)), scene, event));
    }
    return next;
  }

  private static long nextIfQuiet(
      Case definition, CaseState state, Scene scene, Optional<Event> event) {
    if (definition.source() instanceof EventTrigger trigger) {
      return EventReview.isQuiet(trigger, state, event, scene.at())
          ? next(definition, state, scene)
          : Instants.NEVER;
    }
    return LadderReview.nextIfQuiet(definition, state, scene);
  }

  /** What is kept of a case; null if it never concerned the customer. */
  private static CaseState known(CaseBook book, Case definition) {
    int index = book.indexOf(definition.id());
    return index < 0 ? null : book.cases().get(index);
  }

  /**
   * What is kept of a customer's cases after a judgement; the same book if nothing has changed.
   *
   * @param book before it; after a new policy, as {@link CaseAdoption} leaves it
   */
  public static CaseBook review(CaseBook book, Occasion occasion) {
    List<Case> cases = occasion.policy().cases();
    CaseBook after = book;
    for (int i = 0; i < cases.size(); i++) {
      Case definition = cases.get(i);
      CaseState known = known(book, definition);
      if (nextIfQuiet(definition, known, occasion.scene(), occasion.event()) == Instants.NEVER) {
        CaseState before = known == null ? idle(definition) : known;
        boolean fits = before.rungs().size() == definition.rungs().size();
        after =
            after.with(
                review(
                    definition,
                    fits ? before : CaseAdoption.fitted(before, definition),
                    occasion,
                    fits
                        ? CaseAdoption.Changes.NONE
                        : CaseAdoption.Changes.of(List.of(), definition),
                    holds(before)));
      }
    }
    return after;
  }

  /**
   * The same for the judgement at which a customer takes up a new policy.
   *
   * @param former the policy before
   */
  public static CaseBook adopt(CaseBook book, Policy former, Occasion occasion) {
    Policy policy = occasion.policy();
    List<CaseState> after = new ArrayList<>();
    for (CaseState state : inOrder(book, former)) {
      if (CaseAdoption.isDropped(state.caseId(), former, policy.caseOf(state.caseId()))) {
        CaseAdoption.closed(state, occasion).ifPresent(after::add);
      } else {
        after.add(state);
      }
    }
    CaseBook reviewed = new CaseBook(after, book.answers());
    for (Case definition : policy.cases()) {
      Optional<CaseState> kept = reviewed.of(definition.id());
      CaseState state =
          kept.map(known -> CaseAdoption.carriedOver(known, former, definition))
              .orElseGet(() -> idle(definition));
      boolean heldBefore = kept.filter(CaseReview::holds).isPresent();
      CaseAdoption.Changes changes =
          CaseAdoption.Changes.of(CaseAdoption.ladder(former, definition.id()), definition);
      reviewed = reviewed.with(review(definition, state, occasion, changes, heldBefore));
    }
    return reviewed;
  }

  /** What is kept of cases, in the order of a policy; last, what it does not have. */
  private static List<CaseState> inOrder(CaseBook book, Policy policy) {
    List<String> ids = policy.cases().stream().map(Case::id).toList();
    List<CaseState> ordered = new ArrayList<>(book.cases());
    ordered.sort(
        Comparator.comparingInt(
            state -> {
              int index = ids.indexOf(state.caseId());
              return index < 0 ? ids.size() : index;
            }));
    return ordered;
  }

  private static CaseState review(
      Case definition,
      CaseState before,
      Occasion occasion,
      CaseAdoption.Changes changes,
      boolean heldBefore) {
    if (definition.trigger().isPresent()) {
      EventReview review = new EventReview(occasion, definition, before);
      review.review();
      return review.after();
    }
    LadderReview review = new LadderReview(occasion, definition, before, changes, heldBefore);
    review.review();
    return review.after();
  }

  private static boolean holds(CaseState state) {
    for (RungState rung : state.rungs()) {
      if (rung.holds()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The next instant at which a case can change with no further event; FOREVER if there is none.
   *
   * @param book after the judgement
   * @param scene of the judgement
   */
  public static long next(CaseBook book, Scene scene) {
    long next = Instants.FOREVER;
    List<Case> cases = scene.policy().cases();
    for (int i = 0; i < cases.size(); i++) {
      next = Math.min(next, next(cases.get(i), known(book, cases.get(i)), scene));
    }
    return next;
  }

  private static long next(Case definition, CaseState state, Scene scene) {
    if (definition.source() instanceof Case.Ladder) {
      return LadderReview.next(definition, state, scene);
    }
    return state == null || state.alert().isEmpty()
        ? Instants.FOREVER
        : AlertDesk.nextInstant(state.alert().get(), scene.at());
  }

  private static CaseState idle(Case definition) {
    return CaseState.idle(definition.id(), definition.rungs().size());
  }
}
