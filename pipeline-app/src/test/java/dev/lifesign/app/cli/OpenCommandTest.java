package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Opening the export of a shop. */
class OpenCommandTest {

  @TempDir private Path dir;

  @Test
  void anExportIsGuessedPlayedAndShown() throws IOException {
    Cli cli = open(shop("EUR"), "--yes");
    assertThat(cli.exit()).isEqualTo(ExitCodes.OK);
    assertThat(cli.err())
        .contains("customer: Email")
        .contains("The first orders:")
        .contains("2024-01-01 00:00  early0@example.org");
    assertThat(cli.out())
        .contains("Your customers on December 30, 2024")
        .contains("orders.csv: 60 customers with 300 orders worth €6,000")
        .containsPattern("1\\. early\\d+@example.org, €\\d+: 5 orders, usually one every 30 days;")
        .contains("Tested on your own past: on ")
        .contains("Nothing: every row was read and used.")
        .doesNotContain("\u2068");
    Path out = dir.resolve("out");
    assertThat(out.resolve("customers.html")).content().contains("<h1>Your customers on");
    assertThat(out.resolve("profiles.csv")).exists();
  }

  @Test
  void whatWasWrittenPlaysTheSameAgain() throws IOException {
    open(shop("EUR"), "--yes");
    Path out = dir.resolve("out");
    Cli again =
        Cli.run(
            "replay",
            "--events",
            dir.resolve("orders.csv").toString(),
            "--mapping",
            out.resolve("mapping.yaml").toString(),
            "--policy",
            out.resolve("policy.yaml").toString(),
            "--out",
            dir.resolve("again").toString());
    assertThat(again.exit()).isEqualTo(ExitCodes.OK);
    assertThat(dir.resolve("again/status-changes.csv"))
        .hasSameTextualContentAs(out.resolve("status-changes.csv"));
    assertThat(dir.resolve("again/profiles.csv"))
        .hasSameTextualContentAs(out.resolve("profiles.csv"));
  }

  @Test
  void thePageSpeaksTheLanguageThatIsAskedFor() throws IOException {
    Cli cli = open(shop("IRR"), "--yes", "--language", "fa", "--zone", "Asia/Tehran");
    assertThat(cli.exit()).isEqualTo(ExitCodes.OK);
    assertThat(cli.out()).contains("مشتریان شما در ۱۰ دی ۱۴۰۳");
    assertThat(dir.resolve("out/customers.html")).content().contains("dir='rtl'");
    assertThat(dir.resolve("out/policy.yaml"))
        .content()
        .contains("language: fa")
        .contains("zone: Asia/Tehran")
        .contains("months: persian");
  }

  @Test
  void whatWasRefusedIsReportedIfNothingIsLeft() throws IOException {
    Path orders =
        Files.writeString(dir.resolve("orders.csv"), "customer,date,total\na,03/04/2024,10\n");
    Cli cli = Cli.run("open", orders.toString(), "--yes", "--out", dir.resolve("out").toString());
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAULTS);
    assertThat(cli.err())
        .contains("Refused, dates that can be read in two ways (date): 1, line 2.")
        .contains("No order was found in ");
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void aFileOfWhichMostIsRefusedIsAFault() throws IOException {
    Cli cli =
        open(
            orders(
                "customer,date,total", "a,2024-01-01,10", "b,soon,10", "c,soon,10", "d,soon,10"));
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAULTS);
    assertThat(cli.err())
        .contains("(date): 3, lines 3, 4, 5.")
        .containsOnlyOnce("was refused, so the results say little");
    assertThat(dir.resolve("out/customers.html")).exists();
  }

  @Test
  void rowsOfOneOrderCountAsRowsWhereSomeAreRefused() throws IOException {
    Cli cli =
        open(
            orders(
                "customer,date,order,total",
                "a,2024-01-01,1,10",
                "a,2024-01-01,1,10",
                "a,2024-01-01,1,10",
                "b,soon,2,10",
                "c,soon,3,10"));
    assertThat(cli.exit()).isEqualTo(ExitCodes.OK);
    assertThat(cli.err()).doesNotContain("was refused");
    assertThat(cli.out()).contains("Read: 5 rows. Used: 1 event. ").contains("Refused: 2.");
  }

  @Test
  void aRowWithoutACurrencyHasThatOfMostOrders() throws IOException {
    Cli cli =
        open(
            orders(
                "customer,date,total,currency",
                "a,2024-01-01,10,EUR",
                "b,2024-01-02,20,",
                "c,2024-01-03,30,EUR"));
    assertThat(cli.exit()).isEqualTo(ExitCodes.OK);
    assertThat(cli.err())
        .contains("20.00 EUR")
        .doesNotContain("XXX")
        .doesNotContain("The currency is taken");
    assertThat(cli.out()).contains("3 orders worth €60").contains("Nothing: every row was read");
  }

  @Test
  void amountsHaveTheDigitsOfTheCurrencyThatIsFound() throws IOException {
    Cli cli =
        open(orders("customer,date,total,currency", "a,2024-01-01,1000,JPY", "b,2024-01-02,2000,"));
    assertThat(cli.err()).contains("  2000 JPY");
    assertThat(cli.out()).contains("2 orders worth ¥3,000");
  }

  @Test
  void theCurrencyIsOnlyTakenForGrantedIfNothingNamesOne() throws IOException {
    Path orders = orders("customer,date,total", "a,2024-01-01,10");
    assertThat(open(orders).err()).contains("The currency is taken to be USD");
    assertThat(open(orders, "--currency", "gbp").err())
        .contains("10.00 GBP")
        .doesNotContain("The currency is taken");
  }

  @Test
  void nothingIsWrittenIfTheGuessIsWrong() throws IOException {
    Path orders = orders("customer,date,total", "a,2024-01-01,10");
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(new OpenCommand(question -> false)).setErr(new PrintWriter(err));
    int exit = command.execute(orders.toString(), "--out", dir.resolve("out").toString());
    assertThat(exit).isEqualTo(ExitCodes.OK);
    assertThat(err.toString())
        .contains("Nothing was written. Correct the mapping")
        .contains("lifesign mapping guess " + orders + " > mapping.yaml");
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void ordersOnStandardInputLeaveNobodyToAsk() {
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(
            "customer,date,total\na,2024-01-01,10\n".getBytes(StandardCharsets.UTF_8)));
    StringWriter out = new StringWriter();
    try {
      CommandLine command =
          new CommandLine(new OpenCommand(question -> false)).setOut(new PrintWriter(out));
      assertThat(command.execute("-", "--out", dir.resolve("out").toString())).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString()).contains("standard input: 1 customer with 1 order");
    assertThat(dir.resolve("out/customers.html")).exists();
  }

  @Test
  void whatCannotBeUnderstoodOnStandardInputIsNamedSo() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)));
    try {
      Cli cli = Cli.run("open", "-", "--out", dir.resolve("out").toString());
      assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
      assertThat(cli.err()).contains("standard input: no column of").doesNotContain(".tmp");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theFirstOrdersShowTheTimesOfTheZone() throws IOException {
    Cli cli = open(orders("customer,date,total", "a,2024-01-01,10"), "--zone", "Asia/Tehran");
    assertThat(cli.err()).contains("  2024-01-01 00:00  a ");
  }

  @Test
  void aCurrencyIsACode() throws IOException {
    Cli cli = open(orders("customer,date,total", "a,2024-01-01,10"), "--currency", "EURO");
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err())
        .isEqualTo("--currency is EURO; set it to a code of ISO 4217 such as EUR\n");
  }

  @Test
  void aZoneHasAName() throws IOException {
    Cli cli = open(orders("customer,date,total", "a,2024-01-01,10"), "--zone", "+03:30");
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err()).contains("--zone is +03:30; set it to a time zone such as Europe/Paris");
  }

  @ParameterizedTest
  @CsvSource({
    "orders.csv, orders",
    "folder/Orders.CSV.gz, Orders",
    "events.jsonl.zip, events",
    "shop.orders.2024.txt, shop.orders.2024",
    "acme.com, acme.com",
    ".csv, .csv",
    "-, stdin"
  })
  void theFolderIsNamedAfterTheFileWithoutItsEnding(String file, String name) {
    assertThat(OpenCommand.folderFor(file)).isEqualTo(Path.of("lifesign-" + name));
  }

  @Test
  void aFewOrdersAreNoGroundForAPrediction() throws IOException {
    Path orders =
        Files.writeString(
            dir.resolve("orders.csv"),
            "customer,date,total\na,2024-01-01,10\nb,2024-01-05,20\na,2024-02-01,30\n");
    Cli cli = Cli.run("open", orders.toString(), "--yes", "--out", dir.resolve("out").toString());
    assertThat(cli.exit()).isEqualTo(ExitCodes.OK);
    assertThat(dir.resolve("out/policy.yaml")).content().doesNotContain("MBG_NBD");
    assertThat(cli.out()).contains("2 customers with 3 orders worth $60").contains("$40 at stake");
  }

  @Test
  void eventsInJsonLinesNeedNoMapping() throws IOException {
    Path events =
        Files.writeString(
            dir.resolve("events.jsonl"),
            """
            {"family":"purchase","action":"PURCHASE","eventId":"e1","customerId":"c1","occurredAt":"2024-03-01T10:00:00Z","orderId":"o1","amount":1999,"currency":"GBP"}
            {"family":"purchase","action":"PURCHASE","eventId":"e2","customerId":"c2","occurredAt":"2024-03-02T10:00:00Z","orderId":"o2","amount":1,"currency":"GBP"}
            """);
    Cli cli = open(events);
    assertThat(cli.exit()).isEqualTo(ExitCodes.OK);
    assertThat(cli.out()).contains("2 customers with 2 orders worth £20").contains("too short");
    assertThat(dir.resolve("out/mapping.yaml")).doesNotExist();
  }

  @Test
  void aFileWithoutOrdersIsASentence() throws IOException {
    Path file = Files.writeString(dir.resolve("notes.csv"), "a,b\n1,2\n");
    Cli cli = open(file);
    assertThat(cli.exit()).isEqualTo(ExitCodes.FAILURE);
    assertThat(cli.err()).contains("notes.csv").doesNotContain("Exception");
    assertThat(open(dir.resolve("nothing.csv")).err())
        .contains("nothing.csv, but it cannot be read");
  }

  private Path orders(String... rows) throws IOException {
    return Files.write(dir.resolve("orders.csv"), List.of(rows));
  }

  private Cli open(Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("open", file.toString()));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--out", dir.resolve("out").toString()));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /**
   * Half of the customers bought every 30 days until the middle of the year, half until its end.
   */
  private Path shop(String currency) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int order = 0; order < 5; order++) {
      for (int customer = 0; customer < 30; customer++) {
        rows.add(row(order, customer, "early", LocalDate.of(2024, 1, 1), currency));
        rows.add(row(order, customer, "late", LocalDate.of(2024, 8, 3), currency));
      }
    }
    rows.sort(null);
    rows.add(0, "Date,Email,Order,Total,Currency");
    return Files.write(dir.resolve("orders.csv"), rows);
  }

  private static String row(
      int order, int customer, String name, LocalDate first, String currency) {
    LocalDate date = first.plusDays(30L * order + customer);
    return "%s,%s%d@example.org,%s-%d-%d,20.00,%s"
        .formatted(date, name, customer, name, customer, order, currency);
  }
}
