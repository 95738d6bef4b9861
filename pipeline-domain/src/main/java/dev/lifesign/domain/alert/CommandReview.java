package dev.lifesign.domain.alert;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.Command.Acknowledge;
import dev.lifesign.domain.command.Command.Assign;
import dev.lifesign.domain.command.Command.Note;
import dev.lifesign.domain.command.Command.OnAlert;
import dev.lifesign.domain.command.Command.Reopen;
import dev.lifesign.domain.command.Command.Resolve;
import dev.lifesign.domain.command.Command.Snooze;
import dev.lifesign.domain.command.Command.Step;
import dev.lifesign.domain.command.CommandResult;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.AlertState.State;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.time.Instants;
import java.util.Optional;
import java.util.OptionalInt;

/** Carries out a command on an alert, or refuses it (semantics, Commands). */
public final class CommandReview {

  /** How far ahead an alert may be snoozed. */
  private static final long MOST_SNOOZED = 90 * Instants.DAY;

  private CommandReview() {}

  /**
   * What came of a command.
   *
   * @param book what is kept of the customer's cases after it, without the answer
   * @param result the answer
   */
  public record Reviewed(CaseBook book, CommandResult result) {}

  /**
   * Carries out a command.
   *
   * @param book before it, as {@link CaseReview#refit} leaves it
   * @param command what to do
   * @param arrivedAt when it arrived
   * @param occasion the judgement that it causes
   */
  public static Reviewed carryOut(
      CaseBook book, Command command, OnAlert order, long arrivedAt, Occasion occasion) {
    Optional<CaseState> found = find(book, order.alertId(), occasion.customerId());
    if (found.isEmpty()) {
      return new Reviewed(book, new CommandResult(command, Refusal.UNKNOWN_ALERT, 0));
    }
    CaseState state = found.get();
    AlertState alert = state.alert().orElseThrow();
    Optional<Case> definition = occasion.policy().caseOf(state.caseId());
    Refusal refusal = seen(order.seenVersion(), alert);
    if (refusal == Refusal.NONE) {
      refusal = refusal(order.step(), alert, definition, arrivedAt);
    }
    if (refusal != Refusal.NONE) {
      return new Reviewed(book, new CommandResult(command, refusal, alert.version().current()));
    }
    Acted acted = act(state, definition, order.step(), command.by(), occasion);
    return new Reviewed(
        acted.after().equals(state) ? book : book.with(acted.after()),
        new CommandResult(command, Refusal.NONE, acted.version()));
  }

  /**
   * What an order made of a case.
   *
   * @param after what is kept of it
   * @param version the version of the alert that was acted on; another may have been raised since
   */
  private record Acted(CaseState after, int version) {}

  /**
   * Ends every open alert of a customer who is erased.
   *
   * @param by who asked for it
   */
  public static void erase(CaseBook book, String by, Occasion occasion) {
    for (CaseState state : book.cases()) {
      // What the case is like does not matter: nothing but the end of its alert is told.
      AlertDesk desk = AlertDesk.ofDropped(occasion, state);
      if (desk.isOpen()) {
        desk.erase(new AlertFact.Order(by, Outcome.NONE, ""));
      }
    }
  }

  private static Optional<CaseState> find(CaseBook book, String alertId, String customerId) {
    return book.cases().stream()
        .filter(
            state ->
                state
                    .alert()
                    .filter(
                        alert ->
                            AlertId.of(customerId, state.caseId(), alert.number()).equals(alertId))
                    .isPresent())
        .findFirst();
  }

  private static Refusal seen(OptionalInt version, AlertState alert) {
    if (version.isEmpty()) {
      return Refusal.NONE;
    }
    if (version.getAsInt() > alert.version().current()) {
      return Refusal.VERSION_AHEAD;
    }
    return version.getAsInt() < alert.version().changed() ? Refusal.STALE : Refusal.NONE;
  }

  private static Refusal refusal(
      Step step, AlertState alert, Optional<Case> definition, long arrivedAt) {
    if (step instanceof Note note) {
      return note.text().isEmpty() ? Refusal.INCOMPLETE : Refusal.NONE;
    }
    if (step instanceof Resolve resolve) {
      return resolve.outcome() == Outcome.NONE ? Refusal.INCOMPLETE : Refusal.NONE;
    }
    if (step instanceof Reopen) {
      return alert.ending() == Ending.HANDLED && definition.isPresent()
          ? Refusal.NONE
          : Refusal.NOT_REOPENABLE;
    }
    if (step instanceof Assign assign && assign.owner().isEmpty()) {
      return Refusal.INCOMPLETE;
    }
    if (!alert.isOpen()) {
      return Refusal.NOT_OPEN;
    }
    return step instanceof Snooze snooze
            && (snooze.until() <= arrivedAt || snooze.until() > arrivedAt + MOST_SNOOZED)
        ? Refusal.BAD_UNTIL
        : Refusal.NONE;
  }

  /** Acts, and lets follow what follows; a dropped case has nothing that could. */
  private static Acted act(
      CaseState state, Optional<Case> definition, Step step, String by, Occasion occasion) {
    if (definition.isEmpty()) {
      AlertDesk desk = AlertDesk.ofDropped(occasion, state);
      act(desk, OptionalInt.empty(), step, by);
      return acted(
          desk, new CaseState(state.caseId(), state.rungs(), state.matches(), desk.alert()));
    }
    if (definition.get().trigger().isPresent()) {
      EventReview review = new EventReview(occasion, definition.get(), state);
      act(review.desk(), definition.get().due(), step, by);
      review.followCommand();
      return acted(review.desk(), review.after());
    }
    LadderReview review =
        new LadderReview(occasion, definition.get(), state, CaseAdoption.Changes.NONE, false);
    act(review.desk(), review.dueNow(), step, by);
    AlertState acted = review.desk().alert().orElseThrow();
    review.followCommand();
    AlertState last = review.desk().alert().orElseThrow();
    AlertState same = last.number() == acted.number() ? last : acted;
    return new Acted(review.after(), same.version().current());
  }

  private static Acted acted(AlertDesk desk, CaseState after) {
    return new Acted(after, desk.alert().orElseThrow().version().current());
  }

  private static void act(AlertDesk desk, OptionalInt due, Step step, String by) {
    AlertState alert = desk.alert().orElseThrow();
    if (step instanceof Acknowledge) {
      if (alert.state() != State.ACKNOWLEDGED) {
        desk.acknowledge(order(by, Outcome.NONE, ""));
      }
    } else if (step instanceof Assign assign) {
      if (!alert.owner().name().equals(assign.owner())) {
        desk.assign(assign.owner(), order(by, Outcome.NONE, ""));
      }
    } else if (step instanceof Snooze snooze) {
      desk.snooze(snooze.until(), order(by, Outcome.NONE, ""));
    } else if (step instanceof Resolve resolve) {
      if (alert.isOpen()) {
        desk.handle(order(by, resolve.outcome(), ""));
      } else {
        desk.note(order(by, resolve.outcome(), ""));
      }
    } else if (step instanceof Reopen) {
      desk.reopen(due, order(by, Outcome.NONE, ""));
    } else if (step instanceof Note note) {
      desk.note(order(by, Outcome.NONE, note.text()));
    }
  }

  private static AlertFact.Order order(String by, Outcome outcome, String note) {
    return new AlertFact.Order(by, outcome, note);
  }
}
