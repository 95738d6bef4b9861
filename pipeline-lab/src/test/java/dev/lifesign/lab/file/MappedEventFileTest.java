package dev.lifesign.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.OrderLine;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.UserError;
import dev.lifesign.lab.mapping.Mapping;
import dev.lifesign.lab.mapping.MappingPresets;
import dev.lifesign.lab.mapping.MappingReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that become events by a mapping. */
class MappedEventFileTest {

  private static final String ORDERS = "customer: who\ntime: when\namount: total\norder: no\n";

  @TempDir Path dir;
  private MappedEventFile file;

  @Test
  void rowsOfAnOrderAreAddedAndItsItemsKept() throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total,sku\n1,a,2024-01-02,10,x\n1,,,5,y\n1,a,2024-01-01,2.50,z\n2,a,2024-01-03,1,x\n",
            ORDERS + "sku: sku\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 1750 USD 2024-01-01T00:00:00Z",
            "line-5 a PURCHASE 100 USD 2024-01-03T00:00:00Z");
    assertThat(((Purchase) event(lines.get(0))).items()).hasSize(3);
  }

  @Test
  void anOrderOfShopifyKeepsTheItemsOfAllItsRowsWithTheirOwnAmounts() throws IOException {
    List<Line> lines =
        readMapped(
            """
            Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem price,Lineitem sku,Source,Refunded Amount
            #1,a@x.org,paid,USD,27.50,2024-01-02 10:00:00 +0000,2,10.00,hat,web,5
            #1,a@x.org,,,,2024-01-02 10:00:00 +0000,1,2.50,pin,,
            #1,a@x.org,,,,2024-01-02 10:00:00 +0000,1,odd,bag,,
            #2,b@x.org,paid,USD,8.00,2024-01-03 10:00:00 +0000,1,8.00,cap,,
            """,
            mapping(MappingPresets.text("shopify")));
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a@x.org PURCHASE 2750 USD 2024-01-02T10:00:00Z",
            "line-2-refund a@x.org REFUND 500 USD 2024-01-02T10:00:00Z",
            "line-5 b@x.org PURCHASE 800 USD 2024-01-03T10:00:00Z");
    assertThat(((Purchase) event(lines.get(0))).items())
        .containsExactly(
            new OrderLine("hat", "", 2, 2_000),
            new OrderLine("pin", "", 1, 250),
            new OrderLine("bag", "", 1, 0));
  }

  @Test
  void theTotalOfAnOrderIsNotTheAmountOfItsFirstItem() throws IOException {
    String yaml = ORDERS + "sku: sku\n";
    assertThat(
            ((Purchase)
                    event(
                        read("no,who,when,total,sku\n1,a,2024-01-02,10,x\n1,,,,y\n", yaml).get(0)))
                .items())
        .containsExactly(new OrderLine("x", "", 1, 0), new OrderLine("y", "", 1, 0));
    assertThat(
            ((Purchase)
                    event(
                        read("no,who,when,total,sku\n1,a,2024-01-02,10,x\n1,,,5,y\n", yaml).get(0)))
                .items())
        .containsExactly(new OrderLine("x", "", 1, 1_000), new OrderLine("y", "", 1, 500));
  }

  @Test
  void aRowWithoutAnAmountAddsNothingToARefund() throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total,kind,sku\n1,a,2024-01-02,10,refund,x\n1,,2024-01-03,,,y\n",
            ORDERS + "status: kind\nsku: sku\n");
    assertThat(shown(lines)).containsExactly("line-2 a REFUND 1000 USD 2024-01-02T00:00:00Z");
  }

  @Test
  void rowsOfAnOrderNeedNotFollowEachOther() throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total\n1,a,2024-01-01,10\n2,b,2024-01-01,1\n1,a,2024-01-01,5\n2,c,2024-01-01,7\n",
            ORDERS);
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 1500 USD 2024-01-01T00:00:00Z",
            "line-3 b PURCHASE 100 USD 2024-01-01T00:00:00Z",
            "line-5 c PURCHASE 700 USD 2024-01-01T00:00:00Z");
  }

  @Test
  void theDigitsOfAnOrderNumberMayBeOfAnyScript() throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total\n۱۲,a,2024-01-01,1\n13,a,2024-01-01,5\n12,a,2024-01-01,2\n", ORDERS);
    assertThat(shown(lines))
        .containsExactlyInAnyOrder(
            "line-2 a PURCHASE 300 USD 2024-01-01T00:00:00Z",
            "line-3 a PURCHASE 500 USD 2024-01-01T00:00:00Z");
  }

  @Test
  void aNegativeRowIsADiscountAtTheTimeOfItsOrderAndARefundAtAnother() throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total\n1,a,2024-01-01,10\n1,a,2024-01-01,-2\n1,a,2024-02-01,-3\n2,a,2024-03-01,-4\n",
            ORDERS);
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 800 USD 2024-01-01T00:00:00Z",
            "line-4 a REFUND 300 USD 2024-02-01T00:00:00Z",
            "line-5 a REFUND 400 USD 2024-03-01T00:00:00Z");
  }

  @Test
  void aStatusSaysWhatARowIs() throws IOException {
    List<Line> lines =
        read(
            """
            who,when,total,back,state
            a,2024-01-01,10,,Paid
            b,2024-01-01,10,4,partially-refunded
            c,2024-01-01,10,,REFUNDED
            d,2024-01-01,10,,voided
            e,2024-01-01,10,,odd
            f,2024-01-01,10,,
            g,2024-01-01,10,,refund
            h,2024-01-01,-10,,cancelled
            """,
            "customer: who\ntime: when\namount: total\nrefunded: back\nstatus: state\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 1000 USD 2024-01-01T00:00:00Z",
            "line-3 b PURCHASE 1000 USD 2024-01-01T00:00:00Z",
            "line-3-refund b REFUND 400 USD 2024-01-01T00:00:00Z",
            "line-4 c PURCHASE 1000 USD 2024-01-01T00:00:00Z",
            "line-4-refund c REFUND 1000 USD 2024-01-01T00:00:00Z",
            "6: rows with the unknown status odd",
            "line-7 f PURCHASE 1000 USD 2024-01-01T00:00:00Z",
            "line-8 g REFUND 1000 USD 2024-01-01T00:00:00Z",
            "line-9 h REFUND 1000 USD 2024-01-01T00:00:00Z");
    assertThat(file.notes().sentences(file))
        .containsExactly("Left out, rows with the status voided: 1, line 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Refunded", "Amount Refunded"})
  void aColumnThatSaysWhetherAnOrderWasRefundedIsNotTakenForAnAmount(String column)
      throws IOException {
    List<Line> lines =
        read(
            "who,when,total,state,%s\na,2024-01-01,10,paid,false\nb,2024-01-01,10,refunded,true\n"
                .formatted(column),
            "customer: who\ntime: when\namount: total\nstatus: state\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 1000 USD 2024-01-01T00:00:00Z",
            "line-3 b PURCHASE 1000 USD 2024-01-01T00:00:00Z",
            "line-3-refund b REFUND 1000 USD 2024-01-01T00:00:00Z");
  }

  @Test
  void aColumnOfRefundedAmountsIsUsedIfAStatusIsMapped() throws IOException {
    List<Line> lines =
        read(
            "who,when,total,state,Refunded Amount\na,2024-01-01,10,paid,4\nb,2024-01-01,10,paid,x4\n",
            "customer: who\ntime: when\namount: total\nstatus: state\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 1000 USD 2024-01-01T00:00:00Z",
            "line-2-refund a REFUND 400 USD 2024-01-01T00:00:00Z",
            "3: amounts that are no number (refunded)");
  }

  @Test
  void manyUnknownStatusesAreReportedInFewSentences() throws IOException {
    StringBuilder table = new StringBuilder("who,when,total,state\n");
    for (int i = 0; i < 50; i++) {
      table.append("a,2024-01-01,10,note ").append(i).append('\n');
    }
    table.append("a,2024-01-01,10,Note 1\n");
    Refusals refusals = new Refusals();
    read(table.toString(), "customer: who\ntime: when\namount: total\nstatus: state\n")
        .forEach(refusals::add);
    assertThat(refusals.sentences(file))
        .extracting(sentence -> sentence.substring(0, sentence.indexOf(", line")))
        .containsExactly(
            "Refused, rows with the unknown status note 0: 1",
            "Refused, rows with the unknown status note 1: 2",
            "Refused, rows with the unknown status note 2: 1",
            "Refused, rows with other unknown statuses: 47");
  }

  @Test
  void quantityTimesPriceIsRoundedOncePerRow() throws IOException {
    List<Line> lines =
        read(
            "who,when,n,each\na,2024-01-01,3,0.335\na,2024-01-02,-2,1.5\n",
            "customer: who\ntime: when\nquantity: n\nprice: each\ndecimal: point\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 100 USD 2024-01-01T00:00:00Z",
            "line-3 a REFUND 300 USD 2024-01-02T00:00:00Z");
  }

  @Test
  void aCustomerFallsBackOnFurtherColumns() throws IOException {
    List<Line> lines =
        read(
            "id,mail,when,total\n7.0,a@x.org,2024-01-01,1\n0, B@X.org ,2024-01-01,1\n(blank),NULL,2024-01-01,1\n",
            "customer: [id, mail]\ntime: when\namount: total\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 7 PURCHASE 100 USD 2024-01-01T00:00:00Z",
            "line-3 b@x.org PURCHASE 100 USD 2024-01-01T00:00:00Z",
            "4: rows without a customer (id, mail)");
  }

  @Test
  void theCurrencyIsInAColumnOrInTheAmount() throws IOException {
    String mapping = "customer: who\ntime: when\namount: total\n";
    assertThat(
            shown(
                read(
                    "who,when,total,cur\na,2024-01-01,10,eur\na,2024-01-01,£1,\na,2024-01-01,$1,gbp\na,2024-01-01,1 EUR,GBP\n",
                    mapping + "currency: cur\n")))
        .containsExactly(
            "line-2 a PURCHASE 1000 EUR 2024-01-01T00:00:00Z",
            "line-3 a PURCHASE 100 GBP 2024-01-01T00:00:00Z",
            "line-4 a PURCHASE 100 GBP 2024-01-01T00:00:00Z",
            "5: amounts in another currency than their row");
  }

  @Test
  void oneDateThatShowsTheOrderSettlesTheOthers() throws IOException {
    List<Line> lines =
        read(
            "who,when,total\na,03/04/2024,1\na,25/04/2024,1\n",
            "customer: who\ntime: when\namount: total\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 100 USD 2024-04-03T00:00:00Z",
            "line-3 a PURCHASE 100 USD 2024-04-25T00:00:00Z");
    assertThat(file.notes().sentences(file))
        .containsExactly("Dates are read with the day first, as line 3 shows");
  }

  @Test
  void datesWithPointsSettleNothingForDatesWithSlashes() throws IOException {
    List<Line> lines =
        read(
            "who,when,total\na,25.04.2024,1\na,12/31/2024,1\na,03/04/2024,1\na,01.03.2024,1\n",
            "customer: who\ntime: when\namount: total\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 100 USD 2024-04-25T00:00:00Z",
            "line-3 a PURCHASE 100 USD 2024-12-31T00:00:00Z",
            "line-4 a PURCHASE 100 USD 2024-03-04T00:00:00Z",
            "line-5 a PURCHASE 100 USD 2024-03-01T00:00:00Z");
  }

  @Test
  void datesThatContradictEachOtherSettleNothing() throws IOException {
    List<Line> lines =
        read(
            "who,when,total\na,03/04/2024,1\na,25/04/2024,1\na,04/25/2024,1\n",
            "customer: who\ntime: when\namount: total\n");
    assertThat(shown(lines).get(0)).isEqualTo("2: dates that can be read in two ways (when)");
    assertThat(lines)
        .extracting(line -> line.event().isPresent())
        .containsExactly(false, true, true);
  }

  @Test
  void whatStandsAroundATableIsLeftOut() throws IOException {
    List<Line> lines =
        read(
            "Orders of my shop\nexported today,by me\nwho,when,total\na,2024-01-01,1\nwho,when,total\nTotal,,1\n",
            "customer: who\ntime: when\namount: total\n");
    assertThat(shown(lines)).containsExactly("line-4 a PURCHASE 100 USD 2024-01-01T00:00:00Z");
    assertThat(file.notes().sentences(file))
        .containsExactly(
            "Left out, rows that repeat the header: 1, line 5",
            "Left out, rows of totals: 1, line 6",
            "2 rows before the header were skipped");
  }

  @Test
  void anItemThatIsCalledTotalIsNoTotal() throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total,sku\n1,a,2024-01-01,9,hat\n1,,,,Total\n,Grand Total:,,9,\n",
            ORDERS + "sku: sku\n");
    assertThat(((Purchase) event(lines.get(0))).items()).hasSize(2);
    assertThat(file.notes().sentences(file)).containsExactly("Left out, rows of totals: 1, line 4");
  }

  @Test
  void aRowWithMoreValuesThanColumnsIsRefused() throws IOException {
    List<Line> lines =
        read(
            "who,when,total\na,2024-01-01,1,\nb,2024-01-01,1,50\nc,2024-01-01\n",
            "customer: who\ntime: when\namount: total\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 100 USD 2024-01-01T00:00:00Z",
            "3: rows with more values than columns",
            "4: rows without a value for amount (total)");
  }

  @Test
  void aFilterLeavesRowsOut() throws IOException {
    List<Line> lines =
        read(
            "who,when,total,test,land\na,2024-01-01,1,yes,UK\nb,2024-01-01,1,,uk\nc,2024-01-01,1,,FR\n",
            "customer: who\ntime: when\namount: total\nfilter: {drop: {test: yes}, keep: {land: [UK, DE]}}\n");
    assertThat(shown(lines)).containsExactly("line-3 b PURCHASE 100 USD 2024-01-01T00:00:00Z");
  }

  @Test
  void columnsThatAreMissingOrAmbiguousAreReported() {
    String mapping = "customer: who\ntime: when\namount: total\n";
    assertThatThrownBy(() -> read("who,when\na,2024-01-01\n", mapping))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("amount: expected the columns of orders.csv to include total");
    assertThatThrownBy(() -> read("who,when,total,total\na,2024-01-01,1,2\n", mapping))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("2 columns of the name total (numbers 3, 4)");
    assertThatThrownBy(() -> read("", mapping))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("empty");
  }

  @Test
  void aNameMayDifferInCaseAndSpaces() throws IOException {
    assertThat(
            read(
                "WHO,When ,order_total\na,2024-01-01,1\n",
                "customer: who\ntime: when\namount: Order Total\n"))
        .hasSize(1);
  }

  @Test
  void everyFamilyCanBeMapped() throws IOException {
    List<Line> lines =
        read(
            "who,when,what\na,2024-01-01,Click\nb,2024-01-01,open\nc,2024-01-01,bounce\n",
            """
            family: contact
            customer: who
            time: when
            status: what
            channel: {value: EMAIL}
            statuses: {CLICKED: click, opened: [open], nothing: [bounce]}
            """);
    assertThat(lines)
        .extracting(line -> event(line).name())
        .containsExactly("contact.CLICKED", "contact.OPENED");
    assertThat(((Contact) event(lines.get(0))).channel()).isEqualTo(Contact.Channel.EMAIL);
  }

  @Test
  void aSubscriptionOfStripeGivesItsStartAndItsEnd() throws IOException {
    List<Line> lines =
        readMapped(
            """
            id,Customer ID,Plan,Amount,Currency,Status,Start (UTC),Current Period Start (UTC),Current Period End (UTC),Canceled At (UTC),Ended At (UTC)
            s1,c1,gold,9.00,usd,active,2024-01-01 10:00,2024-03-01 10:00,2024-04-01 10:00,,
            s2,c2,gold,9.00,usd,canceled,2024-01-01 10:00,2024-02-01 10:00,2024-03-01 10:00,2024-02-10 10:00,2024-03-01 10:00
            s3,c3,gold,9.00,usd,incomplete_expired,2024-01-01 10:00,,,,
            """,
            mapping(MappingPresets.text("stripe-subscriptions")));
    assertThat(lines)
        .extracting(line -> event(line).eventId() + " " + event(line).action())
        .containsExactly("s1 STARTED", "s2 STARTED", "s2-CANCELLED CANCELLED");
    assertThat(((SubscriptionChange) event(lines.get(0))).billing().amount()).isEqualTo(900);
  }

  @ParameterizedTest
  @ValueSource(strings = {"past_due", "unpaid"})
  void aSubscriptionOfStripeIsNotPaidThroughAPeriodWhosePaymentFailed(String status)
      throws IOException {
    List<Line> lines =
        readMapped(
            """
            id,Customer ID,Status,Start (UTC),Current Period Start (UTC),Current Period End (UTC),Canceled At (UTC)
            s1,c1,%s,2024-01-01 10:00,2024-03-01 10:00,2024-04-01 10:00,
            s2,c2,%s,2024-03-01 10:00,2024-03-01 10:00,2024-04-01 10:00,
            s3,c3,past_due,2024-01-01 10:00,2024-03-01 10:00,2024-04-01 10:00,2024-03-05 10:00
            s4,c4,active,2024-01-01 10:00,2024-03-01 10:00,2024-04-01 10:00,2024-03-05 10:00
            """
                .formatted(status, status),
            mapping(MappingPresets.text("stripe-subscriptions")));
    assertThat(lines)
        .extracting(line -> event(line).eventId() + " " + paidThrough(line))
        .containsExactly(
            "s1 2024-03-01T10:00:00Z",
            "s1-PAYMENT_FAILED 2024-03-01T10:00:00Z",
            "s2 2024-03-01T10:00:00Z",
            "s2-PAYMENT_FAILED 2024-03-01T10:00:00Z",
            "s3 2024-03-01T10:00:00Z",
            "s3-PAYMENT_FAILED 2024-03-01T10:00:00Z",
            "s3-CANCEL_SCHEDULED -",
            "s4 2024-04-01T10:00:00Z",
            "s4-CANCEL_SCHEDULED 2024-04-01T10:00:00Z");
  }

  private static String paidThrough(Line line) {
    OptionalLong through = ((SubscriptionChange) event(line)).paidThrough();
    return through.isPresent() ? Instants.format(through.getAsLong()) : "-";
  }

  @Test
  void aPaymentOfStripeKnowsItsRefund() throws IOException {
    List<Line> lines =
        readMapped(
            """
            id,Created date (UTC),Amount,Amount Refunded,Currency,Status,Customer ID,Customer Email,Refunded date (UTC)
            ch_1,2024-01-01 10:00:00,20.00,0.00,usd,Paid,cus_1,,
            ch_2,2024-01-02 10:00:00,20.00,5.00,usd,Paid,,Kim@x.org,2024-01-09 10:00:00
            ch_3,2024-01-03 10:00:00,20.00,0.00,usd,Failed,cus_1,,
            """,
            mapping(MappingPresets.text("stripe-payments")));
    assertThat(shown(lines))
        .containsExactly(
            "ch_1 cus_1 PURCHASE 2000 USD 2024-01-01T10:00:00Z",
            "ch_2 kim@x.org PURCHASE 2000 USD 2024-01-02T10:00:00Z",
            "ch_2-refund kim@x.org REFUND 500 USD 2024-01-09T10:00:00Z");
  }

  @Test
  void severalFilesAreMergedByTimeAndTheirIdsDiffer() throws IOException {
    Mapping mapping = mapping("customer: who\ntime: when\namount: total\n");
    List<EventFile> files = new ArrayList<>();
    for (String name : List.of("b", "a")) {
      Path path =
          Files.writeString(
              dir.resolve(name),
              "who,when,total\n" + name + ",2024-01-0" + (name.equals("a") ? 1 : 2) + ",1\n");
      files.add(new MappedEventFile(path, name, mapping, "USD", name + ":"));
    }
    List<Line> lines = new ArrayList<>();
    EventFile both = new SeveralFiles(files);
    Arrivals.read(both, total -> {}, lines::add, lines::add);
    assertThat(lines)
        .extracting(line -> event(line).eventId())
        .containsExactly("a:line-2", "b:line-2");
    assertThat(both.nameOf(lines.get(0).number())).isEqualTo("a");
    assertThat(both.numberOf(lines.get(0).number())).isEqualTo(2);
  }

  @Test
  void anOrderInSeveralFilesIsReportedHoweverTheyAreRead() throws IOException {
    List<EventFile> files = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      Path path =
          Files.writeString(
              dir.resolve(name),
              "no,who,when,total\n" + name + ",x,2024-01-01,1\nall,x,2024-01-02,1\n");
      files.add(new MappedEventFile(path, name, mapping(ORDERS), "USD", name + ":"));
    }
    EventFile all = new SeveralFiles(files);
    all.read(line -> {});
    List<String> sentences = all.notes().sentences(all);
    assertThat(sentences).singleElement().asString().contains(": 2, lines b 3, c 3.");
    EventFile batches = new SeveralFiles(files);
    List<Line> lines = new ArrayList<>();
    batches.readMany(List::copyOf, lines::addAll);
    assertThat(lines).hasSize(6);
    assertThat(batches.notes().sentences(batches)).isEqualTo(sentences);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyRowOfAnyTableIsAnEventOrRefusedOrLeftOut(long seed) throws IOException {
    Random random = new Random(seed);
    String[] pieces = {
      "a",
      "0",
      "2024-01-01",
      "1403/01/14",
      "1.234",
      "12,5",
      "(3)",
      "\"",
      "\"\"",
      ",",
      ",",
      ",",
      ";",
      "\n",
      "\n",
      "\r",
      "\t",
      "۱۲٫۵",
      "€",
      "-",
      "refunded",
      "total",
      "null",
      "99999999999999999999",
      "é",
      "1e9",
      "2024-02-30",
      "45384.5",
      "x@Y.z",
      "=",
      "'",
      "\\"
    };
    int tables = 0;
    for (int round = 0; round < 400; round++) {
      ByteArrayOutputStream table = new ByteArrayOutputStream();
      table.writeBytes("no,who,when,total,back,state\n".getBytes(StandardCharsets.UTF_8));
      for (int i = random.nextInt(150); i > 0; i--) {
        byte[] any = new byte[random.nextInt(20) == 0 ? 30 : 0];
        random.nextBytes(any);
        table.writeBytes(any);
        table.writeBytes(pieces[random.nextInt(pieces.length)].getBytes(StandardCharsets.UTF_8));
      }
      List<Line> lines;
      try {
        lines = read(table.toByteArray(), "customer: who\ntime: when\namount: total\n");
      } catch (UserError e) {
        // By its bytes, it is a table of another form.
        assertThat(e).hasMessageContaining("expected the columns of orders.csv to include");
        continue;
      }
      tables++;
      long leftOut = file.notes().leftOut().values().stream().mapToLong(Tally::count).sum();
      assertThat(lines.size() + leftOut)
          .as("seed %d, round %d", seed, round)
          .isEqualTo(file.notes().rows());
      assertThat(lines).extracting(Line::number).doesNotHaveDuplicates();
      assertThat(read(table.toByteArray(), ORDERS + "refunded: back\nstatus: state\n"))
          .as("seed %d, round %d", seed, round)
          .extracting(Line::number)
          .allMatch(number -> number > 1);
    }
    assertThat(tables).as("seed %d", seed).isGreaterThan(200);
  }

  @Test
  void lineItemsOfARealShopGiveTheSameOrdersBuyersAndMoneyAsItsInvoices() throws IOException {
    Path invoices =
        Path.of("../../shared/data/online-retail/invoices-to-2011-06.csv")
            .toAbsolutePath()
            .normalize();
    assumeTrue(Files.exists(invoices), "skipped: the test data are not there: " + invoices);
    List<String> rows = Files.readAllLines(invoices);
    StringBuilder items =
        new StringBuilder("InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n");
    List<String> last = new ArrayList<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      BigDecimal amount = new BigDecimal(cells[6]);
      int sign = amount.signum() < 0 ? -1 : 1;
      BigDecimal two = amount.abs().subtract(new BigDecimal("0.01")).max(BigDecimal.ZERO);
      String item = cells[0] + ",%s,%d," + cells[3] + ",%s," + cells[1] + "\n";
      items.append(item.formatted("x", sign, two.toPlainString()));
      // Some invoices have an item at the end of the table.
      String rest = item.formatted("y", sign, amount.abs().subtract(two).toPlainString());
      if (last.size() < items.length() / 5_000) {
        last.add(rest);
      } else {
        items.append(rest);
      }
    }
    last.forEach(items::append);
    Mapping byInvoice =
        mapping(
            "customer: CustomerID\ntime: InvoiceDate\namount: amount\norder: InvoiceNo\ncurrency: GBP\nrefunds: C\ndecimal: point\n");
    List<Line> whole = new ArrayList<>();
    new MappedEventFile(invoices, "invoices", byInvoice, "GBP", "").read(whole::add);
    String table = items.toString();
    Mapping byItem =
        MappingReader.read(
                MappingPresets.text("online-retail") + "decimal: point\n", ZoneOffset.UTC)
            .mapping()
            .orElseThrow();
    List<Line> split = readMapped(table, byItem);
    assertThat(whole).allMatch(line -> line.event().isPresent()).hasSizeGreaterThan(10_000);
    assertThat(split.stream().map(MappedEventFileTest::order).sorted().toList())
        .isEqualTo(whole.stream().map(MappedEventFileTest::order).sorted().toList());
  }

  @Test
  void aStatusSaysRefundEvenWhereNegativeRowsAreNone() throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total,kind\n1,a,2024-01-01,10,sale\n2,a,2024-02-01,4,refund\n",
            ORDERS + "status: kind\nrefunds: none\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 1000 USD 2024-01-01T00:00:00Z",
            "line-3 a REFUND 400 USD 2024-02-01T00:00:00Z");
  }

  @Test
  void aRefundMayComeBeforeItsOrderAsInAnExportWithTheNewestFirst() throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total\n1,a,2024-02-01,-20\n1,a,2024-01-01,-5\n1,a,2024-01-01,50\n2,b,2024-03-01,-80\n2,b,2024-01-01,50\n3,c,2024-03-01,-7\n4,d,2024-01-01,-1\n4,d,2024-01-02,9\n",
            ORDERS);
    assertThat(shown(lines))
        .containsExactly(
            "line-4 a PURCHASE 4500 USD 2024-01-01T00:00:00Z",
            "line-2 a REFUND 2000 USD 2024-02-01T00:00:00Z",
            "line-6 b PURCHASE 5000 USD 2024-01-01T00:00:00Z",
            "line-5 b REFUND 8000 USD 2024-03-01T00:00:00Z",
            "line-7 c REFUND 700 USD 2024-03-01T00:00:00Z",
            "line-9 d PURCHASE 800 USD 2024-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"negative", "C"})
  void aRefundBeforeItsOrderIsOneHoweverRefundsAreNamed(String refunds) throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total\n1,a,2024-02-01,-20\n1,a,2024-01-01,50\n",
            ORDERS + "refunds: " + refunds + "\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-3 a PURCHASE 5000 USD 2024-01-01T00:00:00Z",
            "line-2 a REFUND 2000 USD 2024-02-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-9223372036854775807", "-9223372036854775808"})
  void anOrderWhoseDiscountsAreTooLargeToAddIsRefused(String discount) throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total\n1,a,2024-01-01,%s\n1,a,2024-01-01,1\n1,a,2024-01-01,-9\n2,b,2024-01-01,3\n"
                .formatted(discount),
            ORDERS + "amounts: minor\ndecimal: point\n");
    assertThat(lines).anyMatch(line -> line.kind().contains("too large"));
    assertThat(lines)
        .flatExtracting(line -> line.event().stream().toList())
        .allMatch(event -> ((Purchase) event).amount() < 10)
        .last()
        .extracting(event -> event.eventId())
        .isEqualTo("line-5");
  }

  @Test
  void aRefundIsNoDuplicateOfItsPurchaseIfTheOrderNumberIsTheEventId() throws IOException {
    String yaml = ORDERS + "id: no\n";
    String refunds = "1,a,2024-02-01,-3\n1,a,2024-03-01,-4\n";
    List<String> expected =
        List.of(
            "1-refund-2024-02-01T00:00:00Z a REFUND 300 USD 2024-02-01T00:00:00Z",
            "1-refund-2024-03-01T00:00:00Z a REFUND 400 USD 2024-03-01T00:00:00Z");
    assertThat(shown(read("no,who,when,total\n1,a,2024-01-01,10\n" + refunds, yaml)))
        .startsWith("1 a PURCHASE 1000 USD 2024-01-01T00:00:00Z")
        .endsWith(expected.toArray(String[]::new))
        .hasSize(3);
    assertThat(shown(read("no,who,when,total\n" + refunds, yaml))).isEqualTo(expected);
    assertThat(
            shown(
                read(
                    "no,who,when,total,id,kind\n1,a,2024-01-01,10,e1,sale\n1,a,2024-02-01,3,e1,refund\n1,a,2024-03-01,3,e2,refund\n",
                    ORDERS + "id: id\nstatus: kind\n")))
        .containsExactly(
            "e1 a PURCHASE 1000 USD 2024-01-01T00:00:00Z",
            "e1-refund-2024-02-01T00:00:00Z a REFUND 300 USD 2024-02-01T00:00:00Z",
            "e2 a REFUND 300 USD 2024-03-01T00:00:00Z");
  }

  @Test
  void minorUnitsAreWhole() throws IOException {
    List<Line> lines =
        read(
            "no,who,when,total\n1,a,2024-01-01,1999\n2,b,2024-01-01,1999.00\n3,c,2024-01-01,19.99\n",
            ORDERS + "amounts: minor\n");
    assertThat(shown(lines))
        .containsExactly(
            "line-2 a PURCHASE 1999 USD 2024-01-01T00:00:00Z",
            "line-3 b PURCHASE 1999 USD 2024-01-01T00:00:00Z",
            "4: amounts with a part of a minor unit (total)");
  }

  @Test
  void aPartlyRefundedOrderWithoutAnAmountIsReported() throws IOException {
    String rows = "1,a,2024-01-01,10,partially_refunded,%s\n1,a,2024-01-01,5,partially_refunded,\n";
    String table = "no,who,when,total,status,back\n" + rows;
    String yaml = ORDERS + "status: status\nrefunded: back\n";
    read(table.formatted(""), yaml);
    assertThat(file.notes().sentences(file))
        .singleElement()
        .asString()
        .startsWith("In doubt, orders that are partly refunded")
        .contains("1, line 2");
    read(table.formatted("4"), yaml);
    assertThat(file.notes().sentences(file)).isEmpty();
  }

  @Test
  void anOrderThatIsRefundedMoreThanWasPaidIsReported() throws IOException {
    String yaml = ORDERS + "refunded: back\n";
    read(
        "no,who,when,total,back\n1,a,2024-01-01,10,15\n2,b,2024-01-01,10,10\n3,c,2024-01-01,10,\n3,c,2024-02-01,-11,\n",
        yaml);
    assertThat(file.notes().sentences(file))
        .singleElement()
        .asString()
        .startsWith("In doubt, orders refunded more than was paid: 2, lines 2, 4.");
  }

  private static String order(Line line) {
    Purchase one = (Purchase) event(line);
    return "%s %s %s %d %d"
        .formatted(one.orderId(), one.customerId(), one.action(), one.amount(), one.occurredAt());
  }

  private List<Line> read(String table, String yaml) throws IOException {
    return readMapped(table, mapping(yaml));
  }

  private static Mapping mapping(String yaml) {
    return MappingReader.read(yaml, ZoneOffset.UTC).mapping().orElseThrow();
  }

  private List<Line> read(byte[] table, String yaml) throws IOException {
    return readMapped(table, mapping(yaml));
  }

  private List<Line> readMapped(String table, Mapping mapping) throws IOException {
    return readMapped(table.getBytes(StandardCharsets.UTF_8), mapping);
  }

  private List<Line> readMapped(byte[] table, Mapping mapping) throws IOException {
    Path path = Files.write(dir.resolve("orders.csv"), table);
    file = new MappedEventFile(path, "orders.csv", mapping, "USD", "");
    List<Line> lines = new ArrayList<>();
    file.read(lines::add);
    return lines;
  }

  private static Event event(Line line) {
    return line.event().orElseThrow();
  }

  private static List<String> shown(List<Line> lines) {
    return lines.stream()
        .map(
            line ->
                line.event()
                    .map(Purchase.class::cast)
                    .map(
                        one ->
                            "%s %s %s %d %s %s"
                                .formatted(
                                    one.eventId(),
                                    one.customerId(),
                                    one.action(),
                                    one.amount(),
                                    one.currency(),
                                    Instants.format(one.occurredAt())))
                    .orElseGet(() -> line.number() + ": " + line.kind()))
        .toList();
  }
}
