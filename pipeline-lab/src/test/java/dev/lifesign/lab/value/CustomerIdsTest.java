package dev.lifesign.lab.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of customers as they stand in exports. */
class CustomerIdsTest {

  private static final CustomerIds IDS = new CustomerIds(List.of("Walk-in"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "0", "0.0", "(blank)", "NULL", "nan", "NaN", "-", "N/A", "#N/A", "None", "guest",
        "(Guest)", "[null]", "<none>", "\\N", "unknown", "walk-in", "مهمان", "۰", "\u00A0"
      })
  void aPlaceholderIsNoCustomer(String text) throws UnreadableValue {
    assertThat(IDS.read(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "17850.0,17850",
    "17850.00,17850",
    "۱۷۸۵۰,17850",
    "' Kim@Example.ORG ',kim@example.org",
    "00004,00004",
    "1.000,1.000",
    "'1,000','1,000'",
    "12.0000,12.0000",
    "'=\"00123\"',00123",
    "c-17.50,c-17.50",
    "Guest House Ltd,Guest House Ltd"
  })
  void anIdIsTidied(String text, String expected) throws UnreadableValue {
    assertThat(IDS.read(text)).isEqualTo(expected);
  }

  @Test
  void aNumberThatASpreadsheetHasShortenedIsRefused() {
    assertThatThrownBy(() -> IDS.read("5.00123E+11")).hasMessageContaining("spreadsheet");
  }
}
