package dev.lifesign.lab.replay;

import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.lab.file.ArrivedCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of the commands of a replay. */
public final class CommandCounts {

  /** How many lines a sentence names. */
  private static final int NAMED = 10;

  private final List<CommandRow> answers = new ArrayList<>();
  private long afterEnd;

  void answered(CommandRow answer) {
    answers.add(answer);
  }

  void afterEnd() {
    afterEnd++;
  }

  /**
   * How many were accepted, and by reason which were refused, in sentences; none without commands.
   *
   * @param commands in order of arrival
   */
  public List<String> sentences(List<ArrivedCommand> commands) {
    List<String> sentences = new ArrayList<>();
    if (commands.isEmpty()) {
      return sentences;
    }
    Map<String, List<Long>> refused = refused(commands);
    long refusals = refused.values().stream().mapToLong(List::size).sum();
    sentences.add(
        "Commands: %,d. Accepted: %,d. Refused: %,d. Left out, after the end: %,d."
            .formatted(commands.size(), answers.size() - refusals, refusals, afterEnd));
    refused.forEach(
        (reason, lines) ->
            sentences.add(
                "Refused, %s: %s. %s"
                    .formatted(reason, places(lines), sentence(Refusal.valueOf(reason)))));
    return sentences;
  }

  /** The lines of refused commands, by reason. A customer's answers are in order of arrival. */
  private Map<String, List<Long>> refused(List<ArrivedCommand> commands) {
    Map<List<String>, Deque<Long>> lines = new HashMap<>();
    for (ArrivedCommand each : commands) {
      lines
          .computeIfAbsent(
              List.of(each.command().customerId(), each.command().commandId()),
              any -> new ArrayDeque<>())
          .add(each.line());
    }
    Map<String, List<Long>> refused = new TreeMap<>();
    for (CommandRow each : answers) {
      long line = lines.get(List.of(each.customerId(), each.commandId())).remove();
      if (!each.refusal().isEmpty()) {
        refused.computeIfAbsent(each.refusal(), any -> new ArrayList<>()).add(line);
      }
    }
    return refused;
  }

  private static String places(List<Long> lines) {
    String named =
        lines.stream().sorted().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    return (lines.size() == 1 ? "line " : "lines ")
        + named
        + (lines.size() > NAMED ? " and %,d more".formatted(lines.size() - NAMED) : "");
  }

  private static String sentence(Refusal refusal) {
    return switch (refusal) {
      case UNKNOWN_CUSTOMER -> "No event of the customer was accepted before; check customerId.";
      case UNKNOWN_ALERT ->
          "The customer has no such alert, or the case has raised another since; check case and number.";
      case NOT_OPEN -> "The alert had ended.";
      case NOT_REOPENABLE ->
          "Only an alert that was resolved by hand can be reopened, while its case has none open.";
      case STALE -> "The alert had changed since seenVersion.";
      case VERSION_AHEAD -> "The alert had not reached seenVersion; check it.";
      case BAD_UNTIL -> "until must lie after the arrival, and at most 90 days ahead.";
      case INCOMPLETE -> "Its action needs an owner, until, an outcome or a note; add it.";
      case NONE -> throw new IllegalArgumentException("The command was accepted");
    };
  }
}
