package dev.lifesign.domain.customer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answers to a customer's last commands, so that a repeated one is answered as before and done
 * once.
 *
 * @param list oldest first, at most {@link #LIMIT}
 */
public record Answers(List<Answer> list) {

  /** How many answers are kept. */
  public static final int LIMIT = 16;

  /** No commands yet. */
  public static final Answers NONE = new Answers(List.of());

  /** Keeps its own copy. */
  public Answers {
    list = List.copyOf(list);
  }

  /**
   * An answer.
   *
   * @param commandId the 64-bit hash of the command's id, as {@link RecentEvents#hash} makes it
   * @param refusal why the command was refused; {@link Refusal#NONE} if it was accepted
   * @param version the alert's version then; 0 if there was no such alert
   */
  public record Answer(long commandId, Refusal refusal, int version) {}

  /** Why a command is refused. */
  public enum Refusal {
    /** It is accepted. */
    NONE,
    /** The customer is not known. */
    UNKNOWN_CUSTOMER,
    /** The customer has no such alert, or a later one of its case took its place. */
    UNKNOWN_ALERT,
    /** The alert has ended. */
    NOT_OPEN,
    /** Only an alert that was handled can be reopened, and only while the case has none open. */
    NOT_REOPENABLE,
    /** The alert has changed since the version seen. */
    STALE,
    /** The alert has not reached the version seen. */
    VERSION_AHEAD,
    /** {@code until} does not lie after the command's arrival and at most 90 days ahead. */
    BAD_UNTIL,
    /** The command lacks what it needs, such as an owner. */
    INCOMPLETE
  }

  /** The answer to a command, if it is among those kept. */
  public Optional<Answer> to(long commandId) {
    for (Answer answer : list) {
      if (answer.commandId() == commandId) {
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }

  /** With another answer; the oldest is dropped if there are too many. */
  public Answers with(Answer answer) {
    List<Answer> all = new ArrayList<>(list);
    all.add(answer);
    return new Answers(all.size() > LIMIT ? all.subList(all.size() - LIMIT, all.size()) : all);
  }
}
