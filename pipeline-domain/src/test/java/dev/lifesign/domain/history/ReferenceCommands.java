package dev.lifesign.domain.history;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.history.Reference.Why;
import dev.lifesign.domain.history.ReferenceCases.Asked;
import dev.lifesign.domain.history.ReferenceCases.Book;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The commands of semantics, Commands, identities. */
public final class ReferenceCommands {

  private static final long NINETY_DAYS = 90 * 86_400_000L;

  /**
   * The answer to a command.
   *
   * @param refusal empty if it was accepted
   */
  public record Answer(String commandId, String refusal, int version) {}

  private final Reference history;
  private final ReferenceCases cases;
  private final List<Answer> answers = new ArrayList<>();

  ReferenceCommands(Reference history, ReferenceCases cases) {
    this.history = history;
    this.cases = cases;
  }

  Answer answer(Command command, long arrivedAt) {
    if (!history.isKnown()) {
      return new Answer(command.commandId(), "UNKNOWN_CUSTOMER", 0);
    }
    for (Answer answer : answers.subList(Math.max(0, answers.size() - 16), answers.size())) {
      if (answer.commandId().equals(command.commandId())) {
        return answer;
      }
    }
    long horizon = history.horizon(arrivedAt);
    history.advance(horizon, arrivedAt);
    history.moveClock(horizon);
    Why why = new Why(Optional.empty(), false, false, false, arrivedAt);
    Answer answer =
        command.order() instanceof Command.OnAlert order
            ? onAlert(command, order, arrivedAt, why)
            : erase(command, why);
    answers.add(answer);
    return answer;
  }

  private Answer erase(Command command, Why why) {
    for (Book book : cases.books()) {
      book.open()
          .ifPresent(
              alert ->
                  cases.end(book, alert, AlertChange.ERASED, why, new Asked(command.by(), "", "")));
    }
    return new Answer(command.commandId(), "", 0);
  }

  private Answer onAlert(Command command, Command.OnAlert order, long arrivedAt, Why why) {
    for (Book book : cases.books()) {
      Optional<ReferenceAlert> last = book.last();
      if (last.isPresent()
          && id(command.customerId(), book.id, last.get().number).equals(order.alertId())) {
        String refusal = refusal(order, last.get(), book, arrivedAt);
        if (refusal.isEmpty()) {
          carryOut(command, order.step(), book, last.get(), why);
          cases.review(book, why);
        }
        return new Answer(command.commandId(), refusal, last.get().version);
      }
    }
    return new Answer(command.commandId(), "UNKNOWN_ALERT", 0);
  }

  private static String refusal(
      Command.OnAlert order, ReferenceAlert alert, Book book, long arrivedAt) {
    if (order.seenVersion().isPresent() && order.seenVersion().getAsInt() > alert.version) {
      return "VERSION_AHEAD";
    }
    if (order.seenVersion().isPresent() && order.seenVersion().getAsInt() < alert.changed) {
      return "STALE";
    }
    Command.Step step = order.step();
    if (step instanceof Command.Reopen) {
      boolean may = alert.ending.equals("HANDLED") && book.definition.isPresent();
      return may ? "" : "NOT_REOPENABLE";
    }
    if (step instanceof Command.Note note) {
      return note.text().isEmpty() ? "INCOMPLETE" : "";
    }
    if (step instanceof Command.Resolve resolve) {
      return resolve.outcome().name().equals("NONE") ? "INCOMPLETE" : "";
    }
    if (step instanceof Command.Assign assign && assign.owner().isEmpty()) {
      return "INCOMPLETE";
    }
    if (!alert.isOpen()) {
      return "NOT_OPEN";
    }
    if (step instanceof Command.Snooze snooze
        && (snooze.until() <= arrivedAt || snooze.until() > arrivedAt + NINETY_DAYS)) {
      return "BAD_UNTIL";
    }
    return "";
  }

  private void carryOut(
      Command command, Command.Step step, Book book, ReferenceAlert alert, Why why) {
    Asked asked = new Asked(command.by(), "", "");
    if (step instanceof Command.Acknowledge && !alert.state.equals("ACKNOWLEDGED")) {
      alert.state = "ACKNOWLEDGED";
      alert.snoozedUntil = null;
      cases.tell(book, alert, AlertChange.ACKNOWLEDGED, false, why, asked);
    } else if (step instanceof Command.Assign assign && !assign.owner().equals(alert.owner)) {
      alert.owner = assign.owner();
      alert.held = true;
      cases.tell(book, alert, AlertChange.ASSIGNED, false, why, asked);
    } else if (step instanceof Command.Snooze snooze) {
      alert.state = "SNOOZED";
      alert.snoozedUntil = snooze.until();
      cases.tell(book, alert, AlertChange.SNOOZED, false, why, asked);
    } else if (step instanceof Command.Resolve resolve) {
      Asked outcome = new Asked(command.by(), resolve.outcome().name(), "");
      if (alert.isOpen()) {
        cases.end(book, alert, AlertChange.HANDLED, why, outcome);
      } else {
        cases.tell(book, alert, AlertChange.NOTED, false, why, outcome);
      }
    } else if (step instanceof Command.Note note) {
      Asked text = new Asked(command.by(), "", note.text());
      cases.tell(book, alert, AlertChange.NOTED, false, why, text);
    } else if (step instanceof Command.Reopen) {
      cases.open(book, alert);
      cases.tell(book, alert, AlertChange.REOPENED, false, why, asked);
    }
  }

  /** The id of an alert: the first 16 bytes of SHA-256 of customer, case and number. */
  public static String id(String customerId, String caseId, int number) {
    try {
      byte[] text = (customerId + '\0' + caseId + '\0' + number).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
