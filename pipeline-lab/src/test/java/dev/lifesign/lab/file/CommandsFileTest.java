package dev.lifesign.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.domain.alert.AlertId;
import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.command.CommandAcceptance;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of commands. */
class CommandsFileTest {

  private static final String HEAD =
      "{\"commandId\":\"k1\",\"customerId\":\"c1\",\"at\":\"2024-03-01T10:00:00Z\",\"by\":\"olga\",";
  private static final String ALERT = "\"case\":\"silence\",\"number\":2,";

  @TempDir Path dir;

  private List<ArrivedCommand> read(String... lines) throws IOException {
    return CommandsFile.read(Files.write(dir.resolve("commands.jsonl"), List.of(lines)));
  }

  private Command.Step step(String fields) throws IOException {
    Command command = read(HEAD + ALERT + fields + "}").get(0).command();
    return ((Command.OnAlert) command.order()).step();
  }

  @Test
  void aCommandNamesItsAlertByCaseAndNumber() throws IOException {
    ArrivedCommand read = read(HEAD + ALERT + "\"action\":\"ACKNOWLEDGE\"}").get(0);
    assertThat(read.line()).isEqualTo(1);
    assertThat(read.arrivedAt()).isEqualTo(Instants.parse("2024-03-01T10:00:00Z"));
    assertThat(read.command())
        .isEqualTo(
            new Command(
                "k1",
                "c1",
                "olga",
                new Command.OnAlert(
                    AlertId.of("c1", "silence", 2),
                    OptionalInt.empty(),
                    new Command.Acknowledge())));
  }

  @Test
  void eachActionHasItsOwnField() throws IOException {
    assertThat(step("\"action\":\"ASSIGN\",\"owner\":\"ben\""))
        .isEqualTo(new Command.Assign("ben"));
    assertThat(step("\"action\":\"SNOOZE\",\"until\":\"2024-03-04T10:00:00Z\""))
        .isEqualTo(new Command.Snooze(Instants.parse("2024-03-04T10:00:00Z")));
    assertThat(step("\"action\":\"RESOLVE\",\"outcome\":\"FALSE_ALARM\""))
        .isEqualTo(new Command.Resolve(Outcome.FALSE_ALARM));
    assertThat(step("\"action\":\"REOPEN\"")).isEqualTo(new Command.Reopen());
    assertThat(step("\"action\":\"NOTE\",\"note\":\"calls back\""))
        .isEqualTo(new Command.Note("calls back"));
  }

  @Test
  void whatOnlyTheActionNeedsIsLeftToThoseWhoCarryItOut() throws IOException {
    assertThat(step("\"action\":\"ASSIGN\"")).isEqualTo(new Command.Assign(""));
    assertThat(step("\"action\":\"SNOOZE\"")).isEqualTo(new Command.Snooze(Instants.NEVER));
    assertThat(step("\"action\":\"RESOLVE\"")).isEqualTo(new Command.Resolve(Outcome.NONE));
    assertThat(step("\"action\":\"NOTE\"")).isEqualTo(new Command.Note(""));
  }

  @Test
  void anOutcomeThatIsNotKnownIsNoneAsItIsOnTheTopic() throws IOException {
    assertThat(step("\"action\":\"RESOLVE\",\"outcome\":\"WON\""))
        .isEqualTo(new Command.Resolve(Outcome.NONE));
    assertThat(step("\"action\":\"RESOLVE\",\"outcome\":\"NONE\""))
        .isEqualTo(new Command.Resolve(Outcome.NONE));
  }

  @Test
  void theLimitsAreThoseOfTheTopic() {
    String note = "n".repeat(CommandAcceptance.MAX_NOTE + 1);
    assertThatThrownBy(() -> step("\"action\":\"NOTE\",\"note\":\"" + note + "\""))
        .hasMessageContaining("line 1: Expected note to have at most 16384 bytes");
  }

  @Test
  void anErasureNeedsNoAlert() throws IOException {
    assertThat(read(HEAD + "\"action\":\"ERASE\"}").get(0).command().order())
        .isEqualTo(new Command.Erase());
  }

  @Test
  void theVersionSeenIsOptional() throws IOException {
    Command command =
        read(HEAD + ALERT + "\"action\":\"REOPEN\",\"seenVersion\":0}").get(0).command();
    assertThat(((Command.OnAlert) command.order()).seenVersion()).hasValue(0);
  }

  @Test
  void commandsComeInOrderOfArrivalAndEqualArrivalsInFileOrder() throws IOException {
    String line =
        "{\"commandId\":\"%s\",\"customerId\":\"c\",\"at\":\"2024-03-0%dT10:00:00Z\",\"by\":\"o\",\"action\":\"ERASE\"}";
    assertThat(
            read(
                line.formatted("late", 2),
                "",
                line.formatted("first", 1),
                line.formatted("second", 1)))
        .extracting(each -> each.command().commandId())
        .containsExactly("first", "second", "late");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no JSON | The line is not JSON",
        "[1] | not an object",
        "{} | The command has no customerId; add it",
        "{\"customerId\":\"c\"} | The command has no commandId; add it",
        "{\"customerId\":\"c\",\"commandId\":\"k\"} | The command has no by; add it",
        "{\"customerId\":\"c\",\"commandId\":\"k\",\"by\":\"o\"} | The command has no action; add it",
        "{\"customerId\":\"c\",\"commandId\":\"k\",\"by\":\"o\",\"action\":\"ERASE\"} | The command has no at; add it",
        "{\"customerId\":\"c\",\"commandId\":\"k\",\"by\":\"o\",\"action\":\"ERASE\",\"at\":\"now\"} | Expected at to be an instant such as 2024-07-01T09:00:00Z, but it is \"now\"",
        "{\"customerId\":\"c\",\"commandId\":\"k\",\"by\":\"o\",\"action\":\"ERASE\",\"at\":\"1969-01-01T00:00:00Z\"} | commands arrive in 1970 or later",
        "{\"customerId\":\"c\",\"commandId\":\"k\",\"by\":\"o\",\"action\":\"CLOSE\"} | Expected action to be one of ACKNOWLEDGE, ASSIGN, SNOOZE, RESOLVE, REOPEN, NOTE, ERASE, but it is \"CLOSE\"",
        "{\"customerId\":\"c\",\"commandId\":\"k\",\"by\":\"o\",\"action\":\"NOTE\"} | The command has no case; add it",
        "{\"customerId\":\"c\",\"commandId\":\"k\",\"by\":\"o\",\"action\":\"NOTE\",\"case\":\"s\"} | The command has no number; add it",
        "{\"customerId\":\"c\",\"commandId\":\"k\",\"by\":\"o\",\"action\":\"NOTE\",\"case\":\"s\",\"number\":0} | Expected number to be a whole number of 1 or more, but it is 0",
        "{\"customerId\":\"c\",\"commandId\":\"k\",\"by\":\"o\",\"action\":\"RESOLVE\",\"case\":\"s\",\"number\":1,\"outcome\":[1]} | Expected outcome to be text, but it is [1]",
        "{\"seenversion\":1} | seenversion is no field of a command; the fields are action, at, by,"
      })
  void aLineWithAFaultIsNamedWithWhatToDo(String line, String fault) {
    assertThatThrownBy(() -> read("", line))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("commands.jsonl: line 2: ")
        .hasMessageContaining(fault);
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    assertThatThrownBy(() -> read("{}", HEAD + "\"action\":\"ERASE\"}", "x"))
        .hasMessageContaining("line 1")
        .hasMessageContaining("line 3");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> CommandsFile.read(dir.resolve("nowhere")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("check --commands");
  }
}
