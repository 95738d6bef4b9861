package dev.lifesign.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.domain.event.Billing;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.RejectionReason;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.mapping.ShortForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of events: JSON lines, CSV, and the order of arrival. */
class EventFilesTest {

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nonsense;UNDECODABLE",
        "[1];UNDECODABLE",
        "{\"family\":\"purchase\"};MISSING_FIELD",
        "{\"family\":\"banana\",\"eventId\":\"e\"};UNDECODABLE",
        "{\"family\":\"contact\",\"action\":\"HUGGED\",\"eventId\":\"e\",\"customerId\":\"c\",\"occurredAt\":\"2024-01-01T00:00:00Z\"};UNKNOWN_ACTION",
        "{\"family\":\"contact\",\"action\":\"CLICKED\",\"eventId\":\"e\",\"customerId\":\"c\",\"occurredAt\":\"yesterday\"};INVALID_FIELD",
        "{\"family\":\"contact\",\"action\":\"CLICKED\",\"eventId\":\"e\",\"customerId\":\"c\"};MISSING_FIELD",
        "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"e\",\"customerId\":\"c\",\"occurredAt\":\"2024-01-01T00:00:00Z\",\"amount\":1.5,\"currency\":\"USD\"};INVALID_FIELD",
        "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"e\",\"customerId\":\"c\",\"occurredAt\":\"2024-01-01T00:00:00Z\",\"amount\":99999999999999999999,\"currency\":\"USD\"};INVALID_FIELD",
        "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"e\",\"customerId\":\"c\",\"occurredAt\":\"2024-01-01T00:00:00Z\",\"amount\":1,\"currency\":\"USD\",\"items\":[\"hat\"]};INVALID_FIELD",
        "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"e\",\"customerId\":\"c\",\"occurredAt\":\"2024-01-01T00:00:00Z\",\"amount\":1,\"currency\":\"USD\",\"items\":{\"sku\":\"hat\"}};INVALID_FIELD"
      })
  void aLineThatIsNotAnEventSaysWhy(String text, RejectionReason reason) throws IOException {
    Line line = jsonLines(text).get(0);
    assertThat(line.fault().orElseThrow().reason()).isEqualTo(reason);
    assertThat(line.text()).isEqualTo(text);
  }

  @Test
  void aLineMayLeaveOutOptionalFields() throws IOException {
    Line line =
        jsonLines(
                "{\"family\":\"subscription\",\"action\":\"STARTED\",\"eventId\":\"e\",\"customerId\":\"c\",\"occurredAt\":\"2024-01-01T00:00:00Z\",\"arrivedAt\":\"2024-01-02T00:00:00.5Z\",\"subscriptionId\":\"s\",\"kind\":\"SERVICE\",\"surprise\":1}")
            .get(0);
    SubscriptionChange event = (SubscriptionChange) line.event().orElseThrow();
    assertThat(event.billing()).isEqualTo(Billing.of(0, ""));
    assertThat(event.paidThrough()).isEmpty();
    assertThat(event.cancelReason()).isEmpty();
    assertThat(Instants.format(line.arrivedAt())).isEqualTo("2024-01-02T00:00:00.500Z");
  }

  @Test
  void aSubscriptionSaysWhatItCosts() throws IOException {
    String line =
        "{\"family\":\"subscription\",\"action\":\"CANCELLED\",\"eventId\":\"e\",\"customerId\":\"c\",\"occurredAt\":\"2024-01-01T00:00:00Z\",\"subscriptionId\":\"s\",\"kind\":\"SERVICE\",\"amount\":900,\"currency\":\"EUR\",\"period\":\"P1M\",\"quantity\":3,\"charged\":2500,\"trial\":%s,\"cancelReason\":\"moved\"}";
    SubscriptionChange event =
        (SubscriptionChange) jsonLines(line.formatted("true")).get(0).event().orElseThrow();
    assertThat(event.billing())
        .isEqualTo(
            new Billing(900, "EUR", "P1M", OptionalLong.of(3), OptionalLong.of(2_500), true));
    assertThat(event.cancelReason()).isEqualTo("moved");
    assertThat(jsonLines(line.formatted("\"yes\"")).get(0).fault().orElseThrow().message())
        .isEqualTo("Expected trial to be true or false, but it is \"yes\"");
  }

  @Test
  void linesOfManyBatchesKeepTheirOrderAndNumbers() throws IOException {
    List<String> texts = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int number = 1; number <= 10 * EventFile.BATCH; number++) {
      boolean blank = number % 7 == 0;
      boolean event = number % 5 != 0;
      texts.add(blank ? " " : event ? purchase("e" + number, "c", number % 60) : "no event");
      if (!blank) {
        expected.add(number + " " + (event ? "e" + number : "no event"));
      }
    }
    List<String> found =
        jsonLines(texts.toArray(String[]::new)).stream()
            .map(line -> line.number() + " " + line.event().map(Event::eventId).orElse(line.text()))
            .toList();
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void equalArrivalsOfACustomerAreAMillisecondApartInFileOrder() throws IOException {
    List<Line> lines =
        arrivals(purchase("e1", "c", 5), purchase("e2", "d", 5), purchase("e3", "c", 5));
    assertThat(shown(lines)).containsExactly("e1@5000", "e2@5000", "e3@5001");
  }

  @Test
  void aFileOutOfOrderIsSortedByArrival() throws IOException {
    List<Line> lines =
        arrivals(purchase("e1", "c", 9), purchase("e2", "c", 5), purchase("e3", "d", 7));
    assertThat(shown(lines)).containsExactly("e2@5000", "e3@7000", "e1@9000");
  }

  @Test
  void aLineMovedBehindTheArrivalOfAnotherComesAfterIt() throws IOException {
    String[] same = new String[1_002];
    for (int i = 0; i < 1_001; i++) {
      same[i] = purchase("e" + i, "c", 5);
    }
    same[1_001] = purchase("x", "d", 6);
    List<Line> lines = arrivals(same);
    assertThat(lines).isSortedAccordingTo((a, b) -> Long.compare(a.arrivedAt(), b.arrivedAt()));
    assertThat(shown(lines)).endsWith("e999@5999", "e1000@6000", "x@6000");
  }

  @Test
  void aShopsExportHasAHeaderAndAmountsInMajorUnits() throws IOException {
    List<Line> lines =
        csv(
            "no,who,when,total\nA1,c1,2024-03-01 10:00:00,\"12.50\"\nA2,c2,2024-03-01 11:00:00,-3\n",
            "customer=who,time=when,amount=total,order=no,    currency=EUR,format=yyyy-MM-dd HH:mm:ss");
    Purchase first = (Purchase) lines.get(0).event().orElseThrow();
    assertThat(first.amount()).isEqualTo(1250);
    assertThat(first.currency()).isEqualTo("EUR");
    assertThat(first.orderId()).isEqualTo("A1");
    assertThat(Instants.format(first.occurredAt())).isEqualTo("2024-03-01T10:00:00Z");
    Purchase second = (Purchase) lines.get(1).event().orElseThrow();
    assertThat(second.action()).isEqualTo(Purchase.Action.REFUND);
    assertThat(second.amount()).isEqualTo(300);
  }

  @Test
  void columnsCanBeNumbersAndTheDelimiterAnyRunOfSpaces() throws IOException {
    List<Line> lines =
        csv(
            " 00004 0001 19970101  2   29.33\n",
            "customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space");
    Purchase purchase = (Purchase) lines.get(0).event().orElseThrow();
    assertThat(purchase.customerId()).isEqualTo("00004");
    assertThat(purchase.amount()).isEqualTo(2933);
    assertThat(purchase.currency()).isEqualTo("USD");
  }

  @Test
  void anOrderNumberThatBeginsWithCCanMeanARefund() throws IOException {
    String text = "no,who,when,total\nC1,c1,2024-03-01,5\n";
    String mapping = "customer=who,time=when,amount=total,order=no";
    assertThat(csv(text, mapping).get(0).event().orElseThrow().action())
        .isEqualTo(Purchase.Action.PURCHASE);
    assertThat(csv(text, mapping + ",refunds=C").get(0).event().orElseThrow().action())
        .isEqualTo(Purchase.Action.REFUND);
  }

  @Test
  void aRowThatCannotBeReadSaysWhy() throws IOException {
    List<Line> lines =
        csv(
            "who,when,total\nc1,soon,5\nc1,2024-03-01,much\n,2024-03-01,5\n",
            "customer=who,time=when,amount=total");
    assertThat(lines).allMatch(line -> line.fault().isPresent());
    assertThat(lines).extracting(Line::number).containsExactly(2L, 3L, 4L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "customer=a",
        "customer=a,time=b,amount=c,colour=d",
        "nonsense",
        "customer=a,time=b,amount=c,format=QQQQQQQQ",
        "customer=a,time=b,amount=c,delimiter=many",
        "customer=a,time=b,amount=c,refunds=maybe"
      })
  void anInvalidMappingIsReportedInASentence(String mapping) {
    assertThatThrownBy(() -> ShortForm.read(mapping, ZoneOffset.UTC))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--csv: ");
  }

  @Test
  void aMissingColumnIsReportedInASentence() {
    assertThatThrownBy(() -> csv("a,b,c\n1,2,3\n", "customer=a,time=b,amount=total"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("total");
  }

  private List<Line> csv(String text, String mapping) throws IOException {
    Path file = Files.writeString(dir.resolve("orders.csv"), text);
    List<Line> lines = new ArrayList<>();
    new MappedEventFile(file, "orders.csv", ShortForm.read(mapping, ZoneOffset.UTC), "USD", "")
        .read(lines::add);
    return lines;
  }

  private List<Line> jsonLines(String... text) throws IOException {
    List<Line> lines = new ArrayList<>();
    new JsonLinesFile(Files.write(dir.resolve("events.jsonl"), List.of(text))).read(lines::add);
    return lines;
  }

  private List<Line> arrivals(String... text) throws IOException {
    List<Line> lines = new ArrayList<>();
    Arrivals.read(
        new JsonLinesFile(Files.write(dir.resolve("events.jsonl"), List.of(text))),
        total -> assertThat(total).isEqualTo(text.length),
        lines::add,
        line -> {
          throw new AssertionError(line);
        });
    return lines;
  }

  private static List<String> shown(List<Line> lines) {
    return lines.stream()
        .map(line -> line.event().orElseThrow().eventId() + "@" + line.arrivedAt())
        .toList();
  }

  private static String purchase(String id, String customer, int second) {
    return "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"%s\",\"customerId\":\"%s\",\"occurredAt\":\"1970-01-01T00:00:%02dZ\",\"amount\":1,\"currency\":\"USD\"}"
        .formatted(id, customer, second);
  }
}
