package dev.lifesign.lab.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.file.MappedEventFile;
import dev.lifesign.lab.mapping.MappingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a file that is opened. */
class OpenedFileTest {

  @TempDir Path dir;

  @Test
  void theEndIsTheArrivalOfTheLastEventAlsoIfTwoHappenedAtOnce() throws IOException {
    Path table =
        Files.writeString(
            dir.resolve("orders.csv"), "who,when,total,back\na,2024-01-01,10,4\nb,2090-01-01,1,\n");
    MappedEventFile file =
        new MappedEventFile(
            table,
            "orders.csv",
            MappingReader.read(
                    "customer: who\ntime: when\namount: total\nrefunded: back\n", ZoneOffset.UTC)
                .mapping()
                .orElseThrow(),
            "USD",
            "");
    OpenedFile.Facts facts = OpenedFile.Facts.of(file, Instants.parse("2024-06-01T00:00:00Z"));
    assertThat(facts.lastArrival()).hasValue(Instants.parse("2024-01-01T00:00:00.001Z"));
  }
}
