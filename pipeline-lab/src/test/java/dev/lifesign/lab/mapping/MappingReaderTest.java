package dev.lifesign.lab.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.document.Fault;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mappings are checked like policies. */
class MappingReaderTest {

  private static final String MINIMAL = "customer: a\ntime: b\namount: c\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "colour: red~colour",
        "family: banana~family",
        "ticket: t~ticket",
        "decimal: dot~decimal",
        "amounts: tiny~amounts",
        "format: QQQQQQQQ~format",
        "format: yyyy-MM-dd hh:mm~format",
        "format: yyyy-MM-dd K 'o''clock'~format",
        "zone: Europe/Atlantis~zone",
        "dates: backwards~dates",
        "calendar: mayan~calendar",
        "encoding: utf-99~encoding",
        "delimiter: many~delimiter",
        "header: maybe~header",
        "header: no~customer",
        "refunds: maybe~refunds",
        "statuses: {bought: [x]}~statuses.bought",
        "'statuses: {purchase: [x], nothing: [X]}'~statuses.nothing",
        "events: [{time: t}]~events[0].action",
        "optional: [colour]~optional"
      })
  void aFaultIsNamedByItsPath(String line, String path) {
    assertThat(MappingReader.read(MINIMAL + line + "\n", ZoneOffset.UTC).faults())
        .extracting(Fault::path)
        .contains(path);
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    assertThat(MappingReader.read("time: b\ndecimal: dot\ncolour: red\n", ZoneOffset.UTC).faults())
        .extracting(Fault::path)
        .containsExactlyInAnyOrder("customer", "amount", "decimal", "colour");
  }

  @Test
  void ofATextThatIsNoYamlNothingElseIsSaid() {
    assertThat(MappingReader.read("customer: [a\n  foo: x", ZoneOffset.UTC).faults())
        .singleElement()
        .extracting(Fault::message)
        .asString()
        .contains("not valid YAML");
  }

  @Test
  void theOutcomesOfAStatusAreNamedOnce() {
    assertThat(MappingReader.read(MINIMAL + "statuses: {bought: [x]}\n", ZoneOffset.UTC).faults())
        .singleElement()
        .extracting(Fault::message)
        .isEqualTo("expected one of purchase, refund, refunded, nothing, but it is bought");
  }

  @ParameterizedTest
  @ValueSource(strings = {"action: REFUND", "events: [{action: REFUND, time: t}]"})
  void actionsOfPurchasesAreRefusedSinceTheirStatusSaysWhatTheyAre(String line) {
    assertThat(MappingReader.read(MINIMAL + line + "\n", ZoneOffset.UTC).faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.path()).isEqualTo(line.substring(0, line.indexOf(':')));
              assertThat(fault.message()).contains("status: { value: refund }");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"EUR", "eur", "Eur"})
  void aCurrencyMayBeACodeInAnyCase(String code) {
    assertThat(
            MappingReader.read(MINIMAL + "currency: " + code + "\n", ZoneOffset.UTC)
                .mapping()
                .orElseThrow()
                .source(Field.CURRENCY))
        .contains(Source.always("EUR"));
  }

  @Test
  void theZoneIsTheGivenOneUnlessTheMappingHasOne() {
    ZoneId tehran = ZoneId.of("Asia/Tehran");
    assertThat(MappingReader.read(MINIMAL, tehran).mapping().orElseThrow().dates().zone())
        .isEqualTo(tehran);
    assertThat(
            MappingReader.read(MINIMAL + "zone: UTC\n", tehran)
                .mapping()
                .orElseThrow()
                .dates()
                .zone())
        .isEqualTo(ZoneId.of("UTC"));
  }

  @Test
  void aColumnMayBeCalledNo() {
    assertThat(
            MappingReader.read(MINIMAL + "order: no\n", ZoneOffset.UTC)
                .mapping()
                .orElseThrow()
                .source(Field.ORDER))
        .contains(Source.of(java.util.List.of("no")));
  }

  @Test
  void theShortFormHasTheSameKeys() {
    Mapping mapping =
        ShortForm.read(
            "customer=Customer ID|Email,time=Date,amount=Total, type=State,currency=EUR,decimal=comma",
            ZoneOffset.UTC);
    assertThat(mapping.source(Field.CUSTOMER).orElseThrow().columns())
        .containsExactly("Customer ID", "Email");
    assertThat(mapping.source(Field.STATUS)).isPresent();
    assertThat(mapping.source(Field.CURRENCY)).contains(Source.always("EUR"));
  }
}
