package dev.lifesign.lab.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.file.EventFile;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.Line;
import dev.lifesign.lab.file.MappedEventFile;
import dev.lifesign.lab.mapping.MappingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says before a policy is chosen for it. */
class FileFactsTest {

  private static final long NOW = Instants.parse("2024-06-01T00:00:00Z");

  @TempDir Path dir;

  @Test
  void theEndIsTheArrivalOfTheLastEventAlsoIfTwoHappenedAtOnce() throws IOException {
    EventFile file =
        table("who,when,total,back,in", "a,2024-01-01,10,4,USD", "b,2090-01-01,1,,USD");
    assertThat(FileFacts.of(file, NOW).end()).isEqualTo(Instants.parse("2024-01-01T00:00:00.001Z"));
  }

  @Test
  void moneyWithoutACurrencyHasNoVote() throws IOException {
    FileFacts facts =
        FileFacts.of(
            table(
                "who,when,total,back,in",
                "a,2024-01-01,10,,",
                "b,2024-01-02,10,,",
                "c,2024-01-03,10,,EUR"),
            NOW);
    assertThat(facts.currency()).contains("EUR");
    assertThat(facts.lacksCurrency()).isTrue();
    assertThat(facts.events()).isEqualTo(3);
  }

  @Test
  void whatIsNotAcceptedIsRefusedAndCountsForNothing() throws IOException {
    String event =
        "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"%s\",\"customerId\":\"a\",\"occurredAt\":\"%s\",\"amount\":%d,\"currency\":\"%s\"}%n";
    Path lines =
        Files.writeString(
            dir.resolve("events.jsonl"),
            event.formatted("1", "2024-01-01T00:00:00Z", 1, "EUR")
                + event.formatted("2", "2024-02-01T00:00:00Z", -1, "GBP")
                + event.formatted("3", "1980-01-01T00:00:00Z", 1, "GBP"));
    FileFacts facts = FileFacts.of(new JsonLinesFile(lines), NOW);
    assertThat(facts.events()).isEqualTo(1);
    assertThat(facts.end()).isEqualTo(Instants.parse("2024-01-01T00:00:00Z"));
    assertThat(facts.currency()).contains("EUR");
    assertThat(facts.refusals().sentences(new JsonLinesFile(lines)))
        .hasSize(2)
        .anyMatch(sentence -> sentence.contains("events with a negative amount: 1, line 2"))
        .anyMatch(sentence -> sentence.contains("events before 1990: 1, line 3"));
  }

  @Test
  void theFirstLinesAreThoseOfTheFileAlsoIfItHasTheNewestFirst() throws IOException {
    EventFile file =
        table(
            "who,when,total,back,in",
            "g,2024-01-07,1,,USD",
            "f,2024-01-06,1,,USD",
            "e,2024-01-05,1,,USD",
            "d,2024-01-04,1,,USD",
            "c,2024-01-03,1,,USD",
            "b,2024-01-02,1,,USD",
            "a,2024-01-01,1,,USD");
    assertThat(FileFacts.of(file, NOW).first())
        .extracting(Line::number)
        .containsExactly(2L, 3L, 4L, 5L, 6L);
  }

  private EventFile table(String... rows) throws IOException {
    Path table = Files.writeString(dir.resolve("orders.csv"), String.join("\n", rows) + "\n");
    return new MappedEventFile(
        table,
        "orders.csv",
        MappingReader.read(
                "customer: who\ntime: when\namount: total\nrefunded: back\ncurrency: in\n",
                ZoneOffset.UTC)
            .mapping()
            .orElseThrow(),
        FileFacts.NO_CURRENCY,
        "");
  }
}
