package dev.lifesign.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifesign.domain.model.PurchaseModel.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The CDNOW sample of Fader and Hardie, calibrated to 1997-09-30, compared with published results;
 * skipped if the data is missing. Expected numbers: BTYD (cran/BTYD@5984660, walkthrough),
 * CLVTools@1b06356, lifetimes@4f2833f.
 */
class CdnowTest {

  private static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();
  private static final int CUTOFF = (int) LocalDate.of(1997, 9, 30).toEpochDay();
  private static final int END = (int) LocalDate.of(1998, 6, 30).toEpochDay();
  private static final double WEEK = 7;

  private static final PurchaseModel PUBLISHED =
      new PurchaseModel(Family.BG_NBD, 0.2425982, 4.4136842, 0.7929899, 2.4261667);

  @Test
  void theBgNbdFitConvergesFromAnyStart() throws IOException {
    PurchaseSample sample = PurchaseSample.of(calibration());
    assertThat(sample.customers()).isEqualTo(2_357);
    assertThat(sample.logLikelihood(PUBLISHED)).isCloseTo(-9582.429, within(0.0005));
    assertThat(
            sample.logLikelihood(
                new PurchaseModel(Family.BG_NBD, 0.2425945, 4.4136019, 0.7929199, 2.4258881)))
        .isCloseTo(-9582.429, within(0.0005));
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      PurchaseFit fit = PurchaseFit.of(randomStart(Family.BG_NBD, random), sample);
      assertThat(fit.found()).isTrue();
      assertThat(fit.logLikelihood()).isCloseTo(-9582.429, within(0.0006));
      near(fit.model(), 0.005, 0.2426, 4.4136, 0.7929, 2.4259);
      assertThat(fit.errors()).doesNotContain(Double.NaN);
    }
    near(
        PurchaseFit.of(Family.BG_NBD, sample).model(),
        0.002 / 2.5,
        0.2425945,
        4.4136019,
        0.7929199,
        2.4258881);
  }

  @Test
  void theMbgNbdAndSpendFitsAgreeWithPublishedOnes() throws IOException {
    List<Purchases> customers = new ArrayList<>();
    List<SpendFit.Spending> spending = new ArrayList<>();
    double observed = 0;
    for (String[] row : summary()) {
      long x = Long.parseLong(row[1]);
      customers.add(
          new Purchases(x, x == 0 ? 0 : Double.parseDouble(row[2]), Double.parseDouble(row[3])));
      if (x > 0) {
        spending.add(new SpendFit.Spending(x, Double.parseDouble(row[4])));
        observed += Double.parseDouble(row[4]);
      }
    }
    PurchaseSample sample = PurchaseSample.of(customers);
    PurchaseModel rounded = PurchaseFit.of(Family.BG_NBD, sample).model();
    assertThat(rounded.r()).isCloseTo(0.243, within(0.015));
    assertThat(rounded.alpha()).isCloseTo(4.414, within(0.015));
    assertThat(rounded.a()).isCloseTo(0.793, within(0.015));
    assertThat(rounded.b()).isCloseTo(2.426, within(0.015));
    PurchaseModel modified = PurchaseFit.of(Family.MBG_NBD, sample).model();
    assertThat(modified.r()).isCloseTo(0.525, within(0.0015));
    assertThat(modified.alpha()).isCloseTo(6.183, within(0.0015));
    assertThat(modified.a()).isCloseTo(0.891, within(0.0015));
    assertThat(modified.b()).isCloseTo(1.614, within(0.0015));

    assertThat(observed / spending.size()).isCloseTo(35.078551797, within(1e-8));
    assertThat(spending).hasSize(946);
    SpendModel known = new SpendModel(6.248803, 3.744588, 15.447745);
    double sum = 0;
    for (String[] row : summary()) {
      sum += known.expected(Long.parseLong(row[1]), Double.parseDouble(row[4]));
    }
    assertThat(sum / summary().size()).isCloseTo(35.2529588256, within(1e-4));
    SpendFit fit = SpendFit.of(spending);
    assertThat(fit.logLikelihood()).isCloseTo(-4055.92, within(0.01));
    assertThat(fit.model().p()).isCloseTo(6.25, within(0.015));
    assertThat(fit.model().q()).isCloseTo(3.74, within(0.015));
    assertThat(fit.model().v()).isCloseTo(15.44, within(0.015));
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      SpendModel start =
          new SpendModel(
              Math.exp(4 * random.nextDouble() - 2),
              Math.exp(4 * random.nextDouble() - 2),
              Math.exp(4 * random.nextDouble()));
      SpendModel found = SpendFit.of(spending, start).model();
      assertThat(found.p()).isCloseTo(fit.model().p(), within(0.001));
      assertThat(found.q()).isCloseTo(fit.model().q(), within(0.001));
      assertThat(found.v()).isCloseTo(fit.model().v(), within(0.005));
    }
  }

  @Test
  void expectedRepeatsAgreeWithPublishedOnesWeekByWeek() throws IOException {
    Map<String, PurchaseDays> shop = shop();
    int start = (int) LocalDate.of(1997, 1, 1).toEpochDay();
    double[] cumulative =
        IntStream.rangeClosed(19, 25)
            .mapToDouble(
                week ->
                    shop.values().stream()
                        .mapToDouble(
                            days ->
                                PUBLISHED.expected(
                                    Math.max(0, start + 7 * week - days.day(0)) / WEEK))
                        .sum())
            .toArray();
    double[] published = {1312.458, 1387.346, 1460.392, 1531.713, 1601.418, 1669.6};
    double[] increments = {76.86531, 74.88843, 73.04554, 71.32166, 69.70412, 68.18213};
    for (int i = 0; i < published.length; i++) {
      assertThat(cumulative[i + 1]).isCloseTo(published[i], within(0.06));
      assertThat(cumulative[i + 1] - cumulative[i]).isCloseTo(increments[i], within(0.001));
    }
  }

  @Test
  void expectationsForTheHoldoutAgreeWithPublishedOnes() throws IOException {
    double[] sums = new double[8];
    int[] counts = new int[8];
    for (Purchases known : calibration()) {
      int group = (int) Math.min(7, known.repeats());
      sums[group] += PUBLISHED.expected(39, known);
      counts[group]++;
    }
    double[] published = {
      0.2250893, 0.5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036
    };
    for (int i = 0; i < published.length; i++) {
      assertThat(sums[i] / counts[i]).isCloseTo(published[i], within(1e-4));
    }
  }

  private static void near(
      PurchaseModel model, double part, double r, double alpha, double a, double b) {
    assertThat(model.r()).isCloseTo(r, within(part * r));
    assertThat(model.alpha()).isCloseTo(alpha, within(part * alpha));
    assertThat(model.a()).isCloseTo(a, within(part * a));
    assertThat(model.b()).isCloseTo(b, within(part * b));
  }

  private static PurchaseModel randomStart(Family family, Random random) {
    return new PurchaseModel(
        family,
        Math.exp(5 * random.nextDouble() - 2.5),
        Math.exp(5 * random.nextDouble() - 1),
        Math.exp(5 * random.nextDouble() - 2.5),
        Math.exp(5 * random.nextDouble() - 2.5));
  }

  private static List<Purchases> calibration() throws IOException {
    return shop().values().stream()
        .map(days -> days.purchases(CUTOFF, WEEK).orElseThrow())
        .toList();
  }

  private static Map<String, PurchaseDays> shop() throws IOException {
    Map<String, PurchaseDays> shop = new LinkedHashMap<>();
    for (String line : Files.readAllLines(existing("cdnow/CDNOW_sample.txt"))) {
      String[] fields = line.strip().split(" +", -1);
      int day = (int) LocalDate.parse(fields[2], DateTimeFormatter.BASIC_ISO_DATE).toEpochDay();
      assertThat(day).isLessThanOrEqualTo(END);
      shop.computeIfAbsent(fields[0], any -> new PurchaseDays())
          .add(day, Math.round(Double.parseDouble(fields[4]) * 100));
    }
    return shop;
  }

  private static List<String[]> summary() throws IOException {
    return Files.readAllLines(existing("cdnow/cdnow_customers_summary_with_transactions.csv"))
        .stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static Path existing(String name) {
    Path file = DATA.resolve(name);
    assumeTrue(Files.exists(file), "skipped: the test data are not there: shared/data/" + name);
    return file;
  }
}
