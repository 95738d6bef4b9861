package dev.lifesign.lab.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.domain.time.Instants;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates and times as exports write them. */
class DatesTest {

  private static final DateOptions PLAIN =
      new DateOptions(
          List.of(), ZoneOffset.UTC, DateOptions.Order.AUTO, DateOptions.Calendar.GREGORIAN);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2024-03-01;2024-03-01T00:00:00Z",
        "2024-02-29 10:00;2024-02-29T10:00:00Z",
        "2024-03-01T10:00:05;2024-03-01T10:00:05Z",
        "2024-03-01T10:00:05.250Z;2024-03-01T10:00:05.250Z",
        "2024-03-01 3:15 ب.ظ;2024-03-01T15:15:00Z",
        "2024-03-01 ۱۲:۱۵ ق.ظ;2024-03-01T00:15:00Z",
        "2024-03-01 10:00:05 -0500;2024-03-01T15:00:05Z",
        "2024-03-01 10:00:05+03:30;2024-03-01T06:30:05Z",
        "2024-03-01T10:00:00+01:00[Europe/Paris];2024-03-01T09:00:00Z",
        "2024-03-01 10:00:00 UTC;2024-03-01T10:00:00Z",
        "2024-07-01 10:00:00 EST;2024-07-01T15:00:00Z",
        "2024-07-01 10:00:00 America/New_York;2024-07-01T14:00:00Z",
        "2024-03-01 10:00:00 GMT+2;2024-03-01T08:00:00Z",
        "2024/3/1;2024-03-01T00:00:00Z",
        "2024.03.01;2024-03-01T00:00:00Z",
        "31/12/2023 23:59;2023-12-31T23:59:00Z",
        "12/31/2023 11:59 pm;2023-12-31T23:59:00Z",
        "12/31/2023 12:05:00 AM;2023-12-31T00:05:00Z",
        "3/3/2024;2024-03-03T00:00:00Z",
        "01.03.2024 10:00;2024-03-01T10:00:00Z",
        "1 Mar 2024;2024-03-01T00:00:00Z",
        "01-MAR-24;2024-03-01T00:00:00Z",
        "01-MAR-98;1998-03-01T00:00:00Z",
        "March 1, 2024 4:05 p.m.;2024-03-01T16:05:00Z",
        "Fri, 1 Mar 2024 10:00:00 GMT;2024-03-01T10:00:00Z",
        "20240301;2024-03-01T00:00:00Z",
        "20240301101500;2024-03-01T10:15:00Z",
        "1712102400;2024-04-03T00:00:00Z",
        "1712102400000;2024-04-03T00:00:00Z",
        "45384;2024-04-02T00:00:00Z",
        "45384.34789351852;2024-04-02T08:20:58Z",
        "'45384,5';2024-04-02T12:00:00Z",
        "۲۰۲۴-۰۳-۰۱;2024-03-01T00:00:00Z",
        "٠١/٠٣/٢٠٢٤ ;"
      })
  void aTimeInAKnownFormIsRead(String text, String expected) throws UnreadableValue {
    if (expected == null) {
      assertThatThrownBy(() -> new Dates(PLAIN).read(text)).hasMessageContaining("two ways");
      return;
    }
    assertThat(Instants.format(new Dates(PLAIN).read(text.replace("'", "")))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "2024",
        "2024-13-01",
        "99",
        "2024-03-01 25:00",
        "2024-03-01 13:00 pm",
        "2024-03-01 10:00:00 XYZ",
        "123456",
        "99999999999999999999",
        "2024-03-01 10:00 and more",
        "1/2/3/4"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> new Dates(PLAIN).read(text)).isInstanceOf(UnreadableValue.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-30",
        "2024-02-30 10:00:00",
        "2024-02-30T10:00:00",
        "31.04.2024",
        "2023-02-29",
        "30 Feb 2024",
        "20240230"
      })
  void aDateThatDoesNotExistIsRefused(String text) {
    assertThatThrownBy(() -> new Dates(PLAIN).read(text)).hasMessageContaining("does not exist");
  }

  @Test
  void aNovemberInFinnishIsNoMarch() {
    assertThatThrownBy(() -> new Dates(PLAIN).read("1. marraskuuta 2024"))
        .hasMessageContaining("Expected a date");
  }

  @Test
  void aDateThatCanBeReadInTwoWaysIsRefusedUntilTheOrderIsGiven() throws UnreadableValue {
    assertThatThrownBy(() -> new Dates(PLAIN).read("03/04/2024")).hasMessageContaining("two ways");
    assertThat(read("03/04/2024", DateOptions.Order.DAY_FIRST)).isEqualTo("2024-04-03T00:00:00Z");
    assertThat(read("03/04/2024", DateOptions.Order.MONTH_FIRST)).isEqualTo("2024-03-04T00:00:00Z");
  }

  @ParameterizedTest
  @EnumSource
  void aDateWithPointsHasTheDayFirst(DateOptions.Order order) throws UnreadableValue {
    assertThat(read("01.03.2024", order)).isEqualTo("2024-03-01T00:00:00Z");
    assertThat(Dates.order("25.03.2024")).isEmpty();
  }

  private static String read(String text, DateOptions.Order order) throws UnreadableValue {
    return Instants.format(new Dates(PLAIN.withOrder(order)).read(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1403-01-14,1403,jalali",
    "1403/02/31,1403,jalali",
    "2567-04-02,2567,convert",
    "1445-09-01,1445,jalali"
  })
  void aYearOfAnotherCalendarIsAskedAbout(String text, String year, String hint) {
    assertThatThrownBy(() -> new Dates(PLAIN).read(text))
        .hasMessageContaining("occurred in the year " + year + "; is this another calendar?")
        .hasMessageContaining(hint);
  }

  @ParameterizedTest
  @CsvSource({
    "1403/01/14,2024-04-02T00:00:00Z",
    "۱۴۰۳/۰۱/۱۴,2024-04-02T00:00:00Z",
    "1403-02-31,2024-05-20T00:00:00Z",
    "1403-12-30,2025-03-20T00:00:00Z",
    "1 فروردین 1403,2024-03-20T00:00:00Z",
    "1399/12/30 23:30,2021-03-20T23:30:00Z"
  })
  void jalaliDatesAreRead(String text, String expected) throws UnreadableValue {
    assertThat(Instants.format(new Dates(jalali(List.of())).read(text))).isEqualTo(expected);
  }

  @Test
  void aJalaliDateThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> new Dates(jalali(List.of())).read("1402/12/30"))
        .hasMessageContaining("does not exist");
  }

  @Test
  void jalaliDatesAreReadInAFormatToo() throws UnreadableValue {
    Dates dates = new Dates(jalali(List.of("[yyyy-MM-dd][yyyy/MM/dd][dd/MM/yyyy]")));
    assertThat(Instants.format(dates.read("1403-02-31"))).isEqualTo("2024-05-20T00:00:00Z");
    assertThat(Instants.format(dates.read("14/01/1403"))).isEqualTo("2024-04-02T00:00:00Z");
    Dates shortYears = new Dates(jalali(List.of("yy/MM/dd")));
    assertThat(Instants.format(shortYears.read("03/01/14"))).isEqualTo("2024-04-02T00:00:00Z");
    assertThat(Instants.format(shortYears.read("98/01/14"))).isEqualTo("2019-04-03T00:00:00Z");
  }

  private static DateOptions jalali(List<String> formats) {
    return new DateOptions(
        formats, ZoneOffset.UTC, DateOptions.Order.AUTO, DateOptions.Calendar.JALALI);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "yyyy-MM-dd HH:mm:ss VV;2024-01-01 23:30:00 America/New_York;2024-01-02T04:30:00Z",
        "yyyy-MM-dd HH:mm:ss z;2024-01-01 23:30:00 CET;2024-01-01T22:30:00Z",
        "yyyy-MM-dd HH:mm:ss z;2024-07-01 10:00:00 EST;2024-07-01T15:00:00Z",
        "M/d/yyyy h:mm a;3/4/2024 5:06 pm;2024-03-04T17:06:00Z",
        "M/d/yy;3/1/98;2098-03-01T00:00:00Z",
        "M/d/yy;3/1/00;2000-03-01T00:00:00Z",
        "M/d/yy;3/1/89;2089-03-01T00:00:00Z",
        "dd.MM.yyyy 'yy' HH:mm;01.03.2024 yy 10:00;2024-03-01T10:00:00Z",
        "dd.MM.yyyy HH 'o''clock';01.03.2024 10 o'clock;2024-03-01T10:00:00Z",
        "[yy-MM-dd][dd.MM.yyyy];98-03-01;2098-03-01T00:00:00Z",
        "[yy-MM-dd][dd.MM.yyyy];01.03.2024;2024-03-01T00:00:00Z",
        "yyMMdd;240301;2024-03-01T00:00:00Z",
        "dd-MMM-yyyy;01-mar-2024;2024-03-01T00:00:00Z",
        "dd.MM.yyyy;۰۱.۰۳.۲۰۲۴;2024-03-01T00:00:00Z"
      })
  void aGivenFormatIsFollowed(String format, String text, String expected) throws UnreadableValue {
    Dates dates =
        new Dates(
            new DateOptions(
                List.of(format),
                ZoneId.of("UTC"),
                DateOptions.Order.AUTO,
                DateOptions.Calendar.GREGORIAN));
    assertThat(Instants.format(dates.read(text))).isEqualTo(expected);
  }

  @Test
  void severalFormatsAreTriedInTurn() throws UnreadableValue {
    Dates dates =
        new Dates(
            new DateOptions(
                List.of("dd/MM/yyyy", "yyyyMMdd"),
                ZoneOffset.UTC,
                DateOptions.Order.AUTO,
                DateOptions.Calendar.GREGORIAN));
    assertThat(Instants.format(dates.read("03/04/2024"))).isEqualTo("2024-04-03T00:00:00Z");
    assertThat(Instants.format(dates.read("20240403"))).isEqualTo("2024-04-03T00:00:00Z");
    assertThatThrownBy(() -> dates.read("2024-04-03")).hasMessageContaining("format");
    assertThatThrownBy(() -> dates.read("30/02/2024")).hasMessageContaining("does not exist");
  }

  @Test
  void aTimeWithoutAZoneIsInTheGivenOne() throws UnreadableValue {
    Dates tehran =
        new Dates(
            new DateOptions(
                List.of(),
                ZoneId.of("Asia/Tehran"),
                DateOptions.Order.AUTO,
                DateOptions.Calendar.GREGORIAN));
    assertThat(Instants.format(tehran.read("2024-03-01"))).isEqualTo("2024-02-29T20:30:00Z");
    assertThat(Instants.format(tehran.read("1712102400"))).isEqualTo("2024-04-03T00:00:00Z");
    assertThat(Instants.format(tehran.read("2024-03-01T00:00:00Z")))
        .isEqualTo("2024-03-01T00:00:00Z");
  }
}
