package dev.lifesign.lab.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.lab.UserError;
import dev.lifesign.lab.value.DateOptions;
import dev.lifesign.lab.value.DecimalSign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Mappings that are guessed from a table. */
class MappingGuessTest {

  static final List<String> presets = MappingPresets.NAMES;

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "order_id,customer_id,order_date,line_total~customer_id~order_date~line_total~order_id",
        "Bestellnummer;Kundennummer;Bestelldatum;Gesamtbetrag~Kundennummer~Bestelldatum~Gesamtbetrag~Bestellnummer",
        "شماره سفارش,مشتری,تاریخ سفارش,مبلغ کل~مشتری~تاریخ سفارش~مبلغ کل~شماره سفارش",
        "رقم الطلب,العميل,التاريخ,المبلغ~العميل~التاريخ~المبلغ~رقم الطلب",
        "Commande,Email,Date de commande,Total TTC~Email~Date de commande~Total TTC~Commande"
      })
  void theColumnsAreKnownByTheirNames(
      String header, String customer, String time, String amount, String order) throws IOException {
    Mapping mapping = guess(header + "\n1,a,2024-01-01,3.50\n").mapping();
    assertThat(mapping.sources())
        .containsEntry(Field.CUSTOMER, Source.of(List.of(customer)))
        .containsEntry(Field.TIME, Source.of(List.of(time)))
        .containsEntry(Field.AMOUNT, Source.of(List.of(amount)))
        .containsEntry(Field.ORDER, Source.of(List.of(order)));
  }

  @Test
  void theValuesShowDecimalSignOrderOfDatesDelimiterAndCurrency() throws IOException {
    MappingGuess guess =
        guess(
            "Kunde;Datum;Betrag\na;03/04/2024;1.234 €\nb;25/04/2024;12,50 €\nc;01/04/2024;9,99 €\n");
    assertThat(guess.mapping().amounts().decimal()).isEqualTo(DecimalSign.COMMA);
    assertThat(guess.mapping().dates().order()).isEqualTo(DateOptions.Order.DAY_FIRST);
    assertThat(guess.mapping().table().delimiter()).contains(';');
    assertThat(guess.mapping().source(Field.CURRENCY)).contains(Source.always("EUR"));
    assertThat(guess.remarks()).hasSize(4);
    assertThat(MappingReader.read(guess.yaml(), ZoneOffset.UTC).mapping())
        .map(Mapping::sources)
        .contains(guess.mapping().sources());
  }

  @ParameterizedTest
  @CsvSource({
    "۱۴۰۳/۰۱/۱۴,JALALI",
    "1403-01-14 10:00,JALALI",
    "14030114,JALALI",
    "14030114103000,JALALI",
    "1400000000,GREGORIAN",
    "1400000000000,GREGORIAN",
    "2024-01-14,GREGORIAN"
  })
  void theYearsShowTheCalendar(String date, DateOptions.Calendar calendar) throws IOException {
    assertThat(guess("customer,date,total\na," + date + ",100\n").mapping().dates().calendar())
        .isEqualTo(calendar);
  }

  @Test
  void aFewLinesInAnotherEncodingAreRemarkedOnAndDoNotSetItForTheWholeTable() throws IOException {
    Path file = dir.resolve("latin.csv");
    Files.write(
        file, "customer,date,total\nJosé,2024-01-01,1\n".getBytes(StandardCharsets.ISO_8859_1));
    MappingGuess guess = MappingGuess.of(file);
    assertThat(guess.mapping().table().encoding()).isEmpty();
    assertThat(guess.remarks())
        .contains(
            "Some lines are not UTF-8 and are read as windows-1252; set encoding if all lines are in another one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "shopify~Name,Email,Financial Status,Paid at,Currency,Total,Created at",
        "woocommerce~order_number,date_created,status,customer_id,billing_email,order_total",
        "stripe-payments~id,Created date (UTC),Amount,Amount Refunded,Currency,Status,Customer ID",
        "stripe-subscriptions~id,Customer ID,Status,Start (UTC),Current Period End (UTC)",
        "online-retail~InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
      })
  void aVendorsExportIsKnownByItsColumns(String preset, String header) throws IOException {
    MappingGuess guess = guess(header + "\n");
    assertThat(guess.yaml()).contains("name: " + preset);
    assertThat(guess.remarks().get(0)).contains(preset);
  }

  @Test
  void ofColumnsOfOneNameTheFirstIsTakenByItsNumber() throws IOException {
    MappingGuess guess =
        guess("customer,date,total,total\na,2024-01-01,1.234,x\nb,2024-01-02,2.5,y\n");
    assertThat(guess.mapping().source(Field.AMOUNT)).contains(Source.of(List.of("3")));
    assertThat(guess.mapping().amounts().decimal()).isEqualTo(DecimalSign.POINT);
    assertThat(guess.remarks()).anyMatch(remark -> remark.contains("the name total"));
  }

  @Test
  void nothingIsAskedThatTheRowsDoNotLeaveOpen() throws IOException {
    MappingGuess guess =
        guess("customer,date,total\na,01.02.2024,10\ncustomer,date,total\nb,02.02.2024,20\n");
    assertThat(guess.remarks()).noneMatch(remark -> remark.startsWith("Set "));
  }

  @Test
  void aFileThatIsNotThereIsSaidToBeMissing() {
    assertThatThrownBy(() -> MappingGuess.of(dir.resolve("none.csv")))
        .isInstanceOf(UserError.class)
        .hasMessageMatching("There is no file .*none.csv; check the path");
  }

  @Test
  void aTableWithoutTheColumnsIsRefusedInASentence() {
    assertThatThrownBy(() -> guess("colour,size\nred,4\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no column of customer and time and amount");
  }

  @ParameterizedTest
  @FieldSource("presets")
  void everyPresetIsValid(String name) {
    assertThat(MappingReader.read(MappingPresets.text(name), ZoneOffset.UTC).faults()).isEmpty();
  }

  private MappingGuess guess(String table) throws IOException {
    return MappingGuess.of(Files.writeString(dir.resolve("table.csv"), table));
  }
}
