package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.policy.Presets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How files of events are named, read and reported at the command line. */
class EventFilesTest {

  private static final String CSV = "customer=who,time=when,amount=total";

  @TempDir Path dir;

  @Test
  void theDefaultEndIsTheLastEvent() throws IOException {
    Path orders = orders("orders.csv", "a,2024-01-01,1\nb,2024-03-01,2\n");
    Cli cli = replay("--events", orders.toString(), "--csv", CSV);
    assertThat(cli.exit()).isZero();
    assertThat(cli.err())
        .contains("Read: 2. Applied: 2 (late: 0). Duplicates: 0. Left out: 0. Refused: 0.");
  }

  @Test
  void aDateIsItsMidnightInTheZoneOfThePolicy() throws IOException {
    Path orders = orders("orders.csv", "a,2024-01-01 23:00,1\nb,2024-01-02 01:00,2\n");
    String tehran = "version: 1\ncalendar: { zone: Asia/Tehran }";
    Cli cli =
        replayUnder(
            Presets.text("retail").replace("version: 1", tehran),
            "--events",
            orders.toString(),
            "--csv",
            CSV,
            "--until",
            "2024-01-02");
    assertThat(cli.err())
        .contains("1 line arrives after 2024-01-01T20:30:00Z and is left out: line 3 (2024-01-01)");
  }

  @Test
  void standardInputIsRead() throws IOException {
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(
            "who,when,total\na,2024-01-01,1\n".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(replay("--events", "-", "--csv", CSV).err()).contains("Customers: 1.");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aRefusedLineOfSeveralFilesNamesItsFile() throws IOException {
    Path first = orders("first.csv", "a,2024-01-01,1\nc,2024-01-03,1\n");
    Path second = orders("second.csv", "b,2024-01-02,1\nb,soon,1\n");
    Cli cli = replay("--events", first.toString(), "--events", second.toString(), "--csv", CSV);
    assertThat(cli.exit()).isZero();
    assertThat(cli.err()).contains("second.csv line 3. ");
    assertThat(Files.readString(dir.resolve("out/dead-letters.jsonl")))
        .contains("second.csv\",\"line\":3,")
        .contains("\"text\":\"b,soon,1\"");
  }

  @Test
  void filesOfOneNameInSeveralFoldersAreOtherFiles() throws IOException {
    Files.createDirectories(dir.resolve("january"));
    Files.createDirectories(dir.resolve("february"));
    String first = orders("january/orders.csv", "a,2024-01-01,1\n").toString();
    String second = orders("february/orders.csv", "a,2024-02-01,2\n").toString();
    assertThat(replay("--events", first, "--events", second, "--csv", CSV).err())
        .contains("Applied: 2 (late: 0). Duplicates: 0.");
    assertThat(replay("--events", first, "--events", first, "--csv", CSV).err())
        .contains("Applied: 1 (late: 0). Duplicates: 1.");
  }

  @Test
  void aFileIsTheSameHoweverItsPathIsWritten() throws IOException {
    Files.createDirectories(dir.resolve("january"));
    Files.createDirectories(dir.resolve("february"));
    String first = orders("january/orders.csv", "a,2024-01-01,1\n").toString();
    String again = dir.resolve("february/../january/./orders.csv").toString();
    String here = fromHere(dir.resolve("january/orders.csv"));
    String other = orders("february/orders.csv", "a,2024-02-01,2\n").toString();
    assertThat(
            replay(
                    "--events",
                    first,
                    "--events",
                    again,
                    "--events",
                    here,
                    "--events",
                    other,
                    "--csv",
                    CSV)
                .err())
        .contains("Applied: 2 (late: 0). Duplicates: 2.");
  }

  private static String fromHere(Path file) {
    return Path.of("").toAbsolutePath().relativize(file).toString();
  }

  @Test
  void theLastEventIsInclusiveAndSoIsTheEndThatIsGiven() throws IOException {
    Path orders = orders("orders.csv", "a,2024-01-01,1\nb,2024-03-01,2\n");
    String[] until = {"--events", orders.toString(), "--csv", CSV, "--until", "2024-03-01"};
    assertThat(replay(until).err()).contains("Applied: 2 (late: 0).");
  }

  @Test
  void whatIsRefusedIsNotTheEnd() throws IOException {
    String event =
        "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"%s\",\"customerId\":\"a\",\"occurredAt\":\"%s\",\"amount\":%d,\"currency\":\"USD\"}\n";
    Path events =
        Files.writeString(
            dir.resolve("events.jsonl"),
            event.formatted("1", "2024-01-01T00:00:00Z", 1)
                + event.formatted("2", "2024-06-01T00:00:00Z", -1));
    assertThat(replay("--events", events.toString()).err()).contains("Applied: 1 (late: 0).");
    assertThat(Files.readString(dir.resolve("out/status-changes.csv"))).doesNotContain("AT_RISK");
  }

  @Test
  void anOrderInSeveralFilesIsReported() throws IOException {
    String first = orders("first.csv", "1,2024-01-01,1\n2,2024-02-01,2\n").toString();
    String second = orders("second.csv", "2,2024-02-01,2\n3,2024-03-01,2\n").toString();
    assertThat(replay("--events", first, "--events", second, "--csv", CSV + ",order=who").err())
        .contains("In doubt, orders also in an earlier file, counted each time: 1, ")
        .contains("second.csv line 2. If the files overlap, keep each order in one of them");
  }

  @Test
  void aFileOfWhichMostIsRefusedOrThatHasNoCustomerIsAFault() throws IOException {
    Path most = orders("most.csv", "a,2024-01-01,1\nb,soon,1\nc,soon,1\n");
    Cli cli = replay("--events", most.toString(), "--csv", CSV);
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAULTS);
    assertThat(cli.err()).contains("was refused, so the results say little");
    Path nobody = orders("nobody.csv", "guest,2024-01-01,1\n");
    cli = replay("--events", nobody.toString(), "--csv", CSV);
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAULTS);
    assertThat(cli.err()).contains("No customer was found");
  }

  @Test
  void moneyWithoutARateIsReported() throws IOException {
    Path orders = orders("orders.csv", "a,2024-01-01,12.50\na,2024-01-02,1\n");
    assertThat(replay("--events", orders.toString(), "--csv", CSV + ",currency=EUR").err())
        .contains("Without a rate: EUR 13.50 in 2 events, which count while their money does not");
    Path one = orders("one.csv", "a,2024-01-01,12.50\n");
    assertThat(replay("--events", one.toString(), "--csv", CSV + ",currency=eur").err())
        .contains("Without a rate: EUR 12.50 in 1 event, which counts while its money does not");
  }

  @Test
  void moneyWithoutARateIsNetOfRefunds() throws IOException {
    Path orders =
        Files.writeString(
            dir.resolve("orders.csv"),
            "who,when,total,back\na,2024-01-01,12.50,2.50\nb,2024-01-02,1,1\n");
    assertThat(
            replay("--events", orders.toString(), "--csv", CSV + ",currency=EUR,refunded=back")
                .err())
        .contains("Without a rate: EUR 10.00 in 4 events");
  }

  @Test
  void moneyWithoutARateIsAlsoThatOfSubscriptions() throws IOException {
    String event =
        "{\"family\":\"subscription\",\"action\":\"%s\",\"eventId\":\"%s\",\"customerId\":\"a\",\"occurredAt\":\"%s\",\"subscriptionId\":\"s\",\"kind\":\"SERVICE\",\"amount\":1000,\"currency\":\"EUR\"%s}\n";
    Path events =
        Files.writeString(
            dir.resolve("events.jsonl"),
            event.formatted("STARTED", "1", "2024-01-01T00:00:00Z", ",\"trial\":true")
                + event.formatted("RENEWED", "2", "2024-02-01T00:00:00Z", ",\"quantity\":3")
                + event.formatted("RENEWED", "3", "2024-03-01T00:00:00Z", ",\"charged\":500")
                + event.formatted("CANCELLED", "4", "2024-04-01T00:00:00Z", ""));
    assertThat(replay("--events", events.toString()).err())
        .contains("Without a rate: EUR 35.00 in 2 events");
  }

  @Test
  void duplicatesAndLateEventsAreCounted() throws IOException {
    String event =
        "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"%s\",\"customerId\":\"a\",\"occurredAt\":\"%s\",\"arrivedAt\":\"%s\",\"amount\":1,\"currency\":\"USD\"}\n";
    Path events =
        Files.writeString(
            dir.resolve("events.jsonl"),
            event.formatted("1", "2024-01-05T00:00:00Z", "2024-01-05T00:00:00Z")
                + event.formatted("1", "2024-01-05T00:00:00Z", "2024-01-06T00:00:00Z")
                + event.formatted("2", "2024-01-01T00:00:00Z", "2024-01-07T00:00:00Z"));
    assertThat(replay("--events", events.toString()).err())
        .contains("Read: 3. Applied: 2 (late: 1). Duplicates: 1. Left out: 0. Refused: 0.");
  }

  @Test
  void whatCannotBeMeantIsReported() throws IOException {
    Path orders = orders("orders.csv", "a,2024-01-01,1\n");
    assertThat(replay("--events", orders.toString()).err()).contains("lifesign mapping guess");
    assertThat(replay("--events", orders.toString(), "--csv", CSV, "--mapping", "shopify").err())
        .contains("--csv and --mapping are both given");
    assertThat(replay("--events", orders.toString(), "--mapping", "nowhere.yaml").err())
        .contains("no such preset");
    assertThat(replay("--events", orders.toString(), "--csv", CSV, "--until", "soon").err())
        .contains("--until is soon");
  }

  private Path orders(String name, String rows) throws IOException {
    return Files.writeString(dir.resolve(name), "who,when,total\n" + rows);
  }

  private Cli replay(String... arguments) throws IOException {
    return replayUnder(Presets.text("retail"), arguments);
  }

  private Cli replayUnder(String policy, String... arguments) throws IOException {
    Path file = Files.writeString(dir.resolve("policy.yaml"), policy);
    List<String> all =
        new ArrayList<>(
            List.of("replay", "--policy", file.toString(), "--out", dir.resolve("out").toString()));
    all.addAll(Arrays.asList(arguments));
    return Cli.run(all.toArray(String[]::new));
  }
}
