package dev.lifesign.domain.alert;

import dev.lifesign.domain.condition.Scene;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.Rung;
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
    List<Case> cases = scene.policy().cases();
    long next = hasDropped(book, scene.policy()) ? Instants.NEVER : Instants.FOREVER;
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
    return LadderInstants.nextIfQuiet(definition, state, scene);
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
    CaseBook after = withoutDropped(book, occasion);
    List<Case> cases = occasion.policy().cases();
    for (int i = 0; i < cases.size(); i++) {
      Case definition = cases.get(i);
      CaseState known = known(after, definition);
      if (!fits(known, definition)) {
        after = after.with(refitted(definition, known, occasion));
      } else if (nextIfQuiet(definition, known, occasion.scene(), occasion.event())
          == Instants.NEVER) {
        CaseState before = known == null ? idle(definition) : known;
        after =
            after.with(
                review(definition, before, occasion, CaseAdoption.Changes.NONE, holds(before)));
      }
    }
    return after;
  }

  /**
   * The same book, but for cases that were kept under another ladder, as alerts of earlier builds
   * are, or that the policy does not have: those are reviewed. A command needs it, since nothing
   * else of the customer is judged with it.
   */
  public static CaseBook refit(CaseBook book, Occasion occasion) {
    CaseBook after = withoutDropped(book, occasion);
    for (Case definition : occasion.policy().cases()) {
      CaseState known = known(after, definition);
      if (!fits(known, definition)) {
        after = after.with(refitted(definition, known, occasion));
      }
    }
    return after;
  }

  /** Whether what is kept of a case is of the ladder that it has. */
  private static boolean fits(CaseState known, Case definition) {
    return known == null || known.rungs().size() == definition.rungs().size();
  }

  /** Reviews a case whose former ladder is unknown as if a policy had just changed it. */
  private static CaseState refitted(Case definition, CaseState known, Occasion occasion) {
    return review(
        definition,
        CaseAdoption.fitted(known, definition),
        occasion,
        CaseAdoption.Changes.of(List.of(), definition),
        known.open().isPresent());
  }

  /** Ends the open alerts of cases that the policy does not have. */
  private static CaseBook withoutDropped(CaseBook book, Occasion occasion) {
    if (!hasDropped(book, occasion.policy())) {
      return book;
    }
    CaseBook after = book;
    for (CaseState state : book.cases()) {
      if (isDropped(state, occasion.policy())) {
        after = after.with(CaseAdoption.closed(state, occasion).orElseThrow());
      }
    }
    return after;
  }

  private static boolean hasDropped(CaseBook book, Policy policy) {
    List<CaseState> states = book.cases();
    for (int i = 0; i < states.size(); i++) {
      if (isDropped(states.get(i), policy)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDropped(CaseState state, Policy policy) {
    if (state.alert().isEmpty() || !state.alert().get().isOpen()) {
      return false;
    }
    List<Case> cases = policy.cases();
    for (int i = 0; i < cases.size(); i++) {
      if (cases.get(i).id().equals(state.caseId())) {
        return false;
      }
    }
    return true;
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
      List<Rung> ladder = CaseAdoption.ladder(former, definition.id());
      boolean heldBefore = kept.filter(known -> held(known, ladder)).isPresent();
      CaseAdoption.Changes changes = CaseAdoption.Changes.of(ladder, definition);
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

  /** Whether a rung held; of an open alert whose ladder is unknown, its rung did. */
  private static boolean held(CaseState state, List<Rung> ladder) {
    boolean known = !ladder.isEmpty() && ladder.size() == state.rungs().size();
    return known ? holds(state) : state.open().isPresent();
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
      return LadderInstants.next(definition, state, scene);
    }
    return state == null || state.alert().isEmpty()
        ? Instants.FOREVER
        : AlertInstants.next(state.alert().get(), scene.at());
  }

  private static CaseState idle(Case definition) {
    return CaseState.idle(definition.id(), definition.rungs().size());
  }
}
