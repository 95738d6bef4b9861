package dev.lifesign.lab.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.time.Instants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order events and commands of files arrive, and when. */
class ArrivalsOfCommandsTest {

  @TempDir Path dir;

  private List<String> played(List<String> events, ArrivedCommand... commands) throws IOException {
    List<String> played = new ArrayList<>();
    Arrivals.read(
        new JsonLinesFile(Files.write(dir.resolve("events.jsonl"), events)),
        List.of(commands),
        total -> {},
        line -> played.add(line.event().orElseThrow().eventId() + "@" + line.arrivedAt()),
        asked -> played.add(asked.command().commandId() + "@" + asked.arrivedAt()),
        line -> {
          throw new AssertionError(line);
        });
    return played;
  }

  @Test
  void aCommandComesAfterTheEventsOfItsArrival() throws IOException {
    assertThat(
            played(
                List.of(event("e1", "a", 1), event("e2", "b", 1), event("e3", "a", 2)),
                command(1, "k1", "c", 0),
                command(2, "k2", "c", 1),
                command(3, "k3", "c", 9)))
        .containsExactly("k1@0", "e1@1", "e2@1", "k2@1", "e3@2", "k3@9");
  }

  @Test
  void noRecordsOfACustomerShareAnArrival() throws IOException {
    assertThat(
            played(
                List.of(event("e1", "a", 1), event("e2", "a", 1), event("e3", "a", 2)),
                command(1, "k1", "a", 1),
                command(2, "k2", "a", 1)))
        .containsExactly("e1@1", "e2@2", "k1@3", "k2@4", "e3@5");
  }

  @Test
  void aCommandThatIsMovedStaysBeforeWhatArrivesLater() throws IOException {
    assertThat(
            played(
                List.of(event("e1", "a", 1), event("e2", "b", 3), event("e3", "a", 3)),
                command(1, "k1", "a", 1)))
        .containsExactly("e1@1", "k1@2", "e2@3", "e3@3");
  }

  @Test
  void aFileThatIsNotInOrderIsSortedFirst() throws IOException {
    assertThat(
            played(
                List.of(event("e2", "a", 5), event("e1", "a", 1)),
                command(2, "k2", "a", 1),
                command(1, "k1", "a", 5)))
        .containsExactly("e1@1", "k2@2", "e2@5", "k1@6");
  }

  private static String event(String id, String customer, long arrivedAt) {
    return "{\"family\":\"contact\",\"action\":\"VIEWED\",\"eventId\":\"%s\",\"customerId\":\"%s\",\"occurredAt\":\"%s\"}"
        .formatted(id, customer, Instants.format(arrivedAt));
  }

  private static ArrivedCommand command(long line, String id, String customer, long arrivedAt) {
    return new ArrivedCommand(
        line, arrivedAt, new Command(id, customer, "ann", new Command.Erase()));
  }
}
