package dev.lifesign.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifesign.app.cli.Main;
import dev.lifesign.domain.policy.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs data of real shops through both engines; skipped if the data are not available. */
class RealInputTest {

  private static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();

  @TempDir Path dir;

  @Test
  void theCdBuyersOf1997() throws IOException {
    Path events = existing("cdnow/CDNOW_sample.txt");
    String csv = "customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space,currency=USD";
    sameThroughBoth(events, csv, "1998-07-01T00:00:00Z", "USD");
    List<String> profiles = Files.readAllLines(dir.resolve("direct/profiles.csv"));
    assertThat(profiles).hasSize(2_357 + 1);
    assertThat(sum(profiles, 6)).isEqualTo(6_919);
    assertThat(dir.resolve("direct/dead-letters.jsonl")).isEmptyFile();
  }

  @Test
  void aWholesalersInvoicesWithCancellationsAsRefunds() throws IOException {
    Path events = existing("online-retail/invoices-to-2011-06.csv");
    String csv =
        "customer=CustomerID,time=InvoiceDate,amount=amount,order=InvoiceNo,type=type,"
            + "currency=GBP,format=yyyy-MM-dd HH:mm:ss";
    sameThroughBoth(events, csv, "2011-07-01T00:00:00Z", "GBP");
    List<String> profiles = Files.readAllLines(dir.resolve("direct/profiles.csv"));
    assertThat(sum(profiles, 6)).isEqualTo(8_803);
    assertThat(dir.resolve("direct/dead-letters.jsonl")).isEmptyFile();
  }

  private static long sum(List<String> rows, int column) {
    return rows.stream().skip(1).mapToLong(row -> Long.parseLong(row.split(",", -1)[column])).sum();
  }

  private static Path existing(String name) {
    Path file = DATA.resolve(name);
    assumeTrue(Files.exists(file), "skipped: the test data are not there: shared/data/" + name);
    return file;
  }

  private void sameThroughBoth(Path events, String csv, String until, String base)
      throws IOException {
    Path policy =
        Files.writeString(
            dir.resolve("policy.yaml"),
            Presets.text("retail").replace("base: USD", "base: " + base));
    for (String engine : List.of("direct", "kafka")) {
      List<String> arguments = new ArrayList<>(List.of("replay", "--engine", engine));
      arguments.addAll(List.of("--events", events.toString(), "--csv", csv));
      arguments.addAll(List.of("--policy", policy.toString(), "--until", until));
      arguments.addAll(List.of("--out", dir.resolve(engine).toString()));
      assertThat(Main.commandLine().execute(arguments.toArray(String[]::new))).isZero();
    }
    assertThat(rows("kafka")).isEqualTo(rows("direct")).hasSizeGreaterThan(1_000);
    for (String file : List.of("profiles.csv", "alerts.csv", "dead-letters.jsonl")) {
      assertThat(dir.resolve("kafka").resolve(file))
          .hasSameTextualContentAs(dir.resolve("direct").resolve(file));
    }
  }

  private List<String> rows(String out) throws IOException {
    try (Stream<String> lines = Files.lines(dir.resolve(out).resolve("status-changes.csv"))) {
      return lines.skip(1).map(line -> line.substring(0, line.lastIndexOf(','))).toList();
    }
  }
}
