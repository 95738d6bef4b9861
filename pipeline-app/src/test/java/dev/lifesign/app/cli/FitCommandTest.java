package dev.lifesign.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifesign.app.runtime.Sandbox;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.time.LocalDays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the result of fitting models to a history. */
class FitCommandTest {

  private static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();
  private static final int FIRST = (int) LocalDate.of(2024, 1, 1).toEpochDay();

  @TempDir Path dir;

  @Test
  void theCdBuyersOf1997GiveThePublishedParametersAndAPolicyThatUsesThem() throws IOException {
    Path events = DATA.resolve("cdnow/CDNOW_sample.txt");
    assumeTrue(Files.exists(events), "skipped: the test data are not there");
    Path out = dir.resolve("fitted.yaml");
    Cli fit =
        Cli.run(
            "fit",
            "--events=" + events,
            "--csv=customer=1,time=3,amount=5,format=yyyyMMdd,delimiter=space,currency=USD",
            "--until=1998-07-01T00:00:00Z",
            "--holdout=P273D",
            "--family=BG_NBD",
            "--out=" + out);
    assertThat(fit.exit()).as(fit.err()).isZero();
    assertThat(fit.out())
        .contains("2,357 customers up to 1997-09-30, 946 of them with a repeat purchase")
        .contains("the time unit is 7 days")
        .contains("BG_NBD, log-likelihood -9582.429")
        .containsOnlyOnce("BG/NBD: customers buy at random")
        .containsOnlyOnce("Gamma-Gamma: what customers spend")
        .contains("standard error")
        .contains("after the fit")
        .contains("Recommended risk method: model");
    Policy policy = PolicyReader.read(Files.readString(out)).policy().orElseThrow();
    assertThat(policy.lifecycle().silence().risk().method()).isEqualTo(RiskMethod.MODEL);
    PurchaseModel model = policy.model().orElseThrow().purchases();
    Percentage half = Percentage.withPercentage(0.5);
    assertThat(model.r()).isCloseTo(0.2426, half);
    assertThat(model.alpha()).isCloseTo(4.4136, half);
    assertThat(model.a()).isCloseTo(0.7929, half);
    assertThat(model.b()).isCloseTo(2.4259, half);
    assertThat(policy.model().orElseThrow().spend().p())
        .isCloseTo(6.25, Percentage.withPercentage(1));
  }

  @Test
  void whoBuysEveryMonthIsSaidToBeRegularAndPersonalIsRecommended() throws IOException {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>();
    for (int customer = 0; customer < 400; customer++) {
      int day = FIRST + random.nextInt(30);
      int until = day + random.nextInt(500);
      while (day < until) {
        lines.add(line(customer, day, 1_000 + random.nextInt(5_000)));
        day += 28 + random.nextInt(5);
      }
    }
    Path out = dir.resolve("fitted.yaml");
    Cli fit = Cli.run("fit", "--events=" + file(lines), "--out=" + out);
    assertThat(fit.exit()).as(fit.err()).isZero();
    assertThat(fit.out())
        .contains("Customers buy regularly, not at random")
        .contains("Recommended risk method: personal")
        .contains("Risk method: personal, which needs no model")
        .contains("Left out: the fitted models, since they mean nothing here");
    assertThat(method(out)).isEqualTo(RiskMethod.PERSONAL);
    assertThat(policy(out).model()).isEmpty();
  }

  @Test
  void aMethodThatIsAskedForIsWrittenAndAModelThatMeansNothingOnlyIfItIsWanted()
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (int customer = 0; customer < 300; customer++) {
      lines.add(line(customer, FIRST + customer % 30, 1_000));
      if (customer < 20) {
        lines.add(line(customer, FIRST + 60 + customer, 1_000));
      }
    }
    String events = "--events=" + file(lines);
    Path out = dir.resolve("fitted.yaml");
    Cli without = Cli.run("fit", events, "--method=return", "--out=" + out);
    assertThat(without.exit()).isNotZero();
    assertThat(without.err())
        .contains("--method return needs a model", "--method personal", "--keep-model");
    assertThat(out).doesNotExist();
    Cli kept = Cli.run("fit", events, "--method=return", "--keep-model", "--out=" + out);
    assertThat(kept.exit()).as(kept.err()).isZero();
    assertThat(kept.out())
        .contains("Risk method: return, as asked", "Written: the purchase model")
        .contains("they are written because of --keep-model");
    assertThat(method(out)).isEqualTo(RiskMethod.RETURN);
    assertThat(policy(out).model()).isPresent();
    // A policy that has a model keeps it.
    Path again = dir.resolve("again.yaml");
    Cli own = Cli.run("fit", events, "--policy=" + out, "--method=model", "--out=" + again);
    assertThat(own.exit()).as(own.err()).isZero();
    assertThat(own.out()).contains("The policy keeps the models that it had");
    assertThat(policy(again).model()).isEqualTo(policy(out).model());
    assertThat(method(again)).isEqualTo(RiskMethod.MODEL);
    assertThat(Cli.run("fit", events, "--method=fixed", "--out=" + again).exit()).isZero();
    assertThat(method(again)).isEqualTo(RiskMethod.FIXED);
    assertThat(Cli.run("fit", events, "--method=return").err()).contains("add --out FILE");
  }

  private static RiskMethod method(Path file) throws IOException {
    return policy(file).lifecycle().silence().risk().method();
  }

  private static Policy policy(Path file) throws IOException {
    return PolicyReader.read(Files.readString(file)).policy().orElseThrow();
  }

  @Test
  void aShopThatNobodyLeavesIsSaidToBeDegenerate() throws IOException {
    Random random = new Random(2);
    List<String> lines = new ArrayList<>();
    for (int customer = 0; customer < 1_000; customer++) {
      double rate = 0.01 + 0.05 * random.nextDouble();
      double day = FIRST + 10 * random.nextDouble();
      while (day < FIRST + 500) {
        lines.add(line(customer, (int) day, 1_000 + random.nextInt(5_000)));
        day -= Math.log(1 - random.nextDouble()) / rate;
      }
    }
    Cli fit = Cli.run("fit", "--events=" + file(lines));
    assertThat(fit.exit()).as(fit.err()).isZero();
    assertThat(fit.out())
        .contains("The models mean nothing here")
        .containsAnyOf(
            "the shape is degenerate",
            "the model finds that nobody leaves",
            "does not show that anybody leaves")
        .contains("Recommended risk method: personal");
  }

  @Test
  void aHistoryOfOneTimeBuyersIsTooShort() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int customer = 0; customer < 300; customer++) {
      lines.add(line(customer, FIRST + customer % 30, 1_000));
    }
    assertThat(Cli.run("fit", "--events=" + file(lines)).out())
        .contains("Only 0 of 300 customers bought on more than one day")
        .contains("Recommended risk method: personal");
  }

  @Test
  void purchasesCountWithoutAnAmountAndThereIsNoSpendModel() throws IOException {
    Random random = new Random(4);
    StringBuilder table = new StringBuilder("customer,day\n");
    for (int customer = 0; customer < 1_000; customer++) {
      double gap = -25 / Math.log(random.nextDouble());
      double leaves = 1 - Math.pow(random.nextDouble(), 0.25);
      double day = FIRST + random.nextInt(400);
      do {
        table.append("c%d,%s\n".formatted(customer, LocalDate.ofEpochDay((long) day)));
        day -= gap * Math.log(1 - random.nextDouble());
      } while (day < FIRST + 730 && random.nextDouble() > leaves);
    }
    Path file = Files.writeString(dir.resolve("visits.csv"), table);
    String columns = "--csv=customer=customer,time=day,format=yyyy-MM-dd";
    Path out = dir.resolve("fitted.yaml");
    Cli fit = Cli.run("fit", "--events=" + file, columns, "--out=" + out);
    assertThat(fit.exit()).as(fit.err()).isZero();
    assertThat(fit.out())
        .contains("1,000 customers up to")
        .doesNotContain("Gamma-Gamma")
        .containsOnlyOnce("there is no spend model")
        .contains("Left out: a spend model, since no repeat customer has spent anything");
    assertThat(method(out)).isEqualTo(RiskMethod.MODEL);
    Path mapping =
        Files.writeString(
            dir.resolve("mapping.yaml"), "customer: customer\ntime: day\nformat: yyyy-MM-dd\n");
    assertThat(Cli.run("fit", "--events=" + file, "--mapping=" + mapping).out())
        .isEqualTo(Cli.run("fit", "--events=" + file, columns).out());
    Path report = dir.resolve("backtest");
    Cli backtest =
        Cli.run("backtest", "--events=" + file, columns, "--policy=" + out, "--out=" + report);
    assertThat(backtest.exit()).as(backtest.err()).isZero();
    // A table has amounts only if a column of them is mapped.
    Path replayed = dir.resolve("replayed");
    assertThat(
            Cli.run("replay", "--events=" + file, columns, "--policy=" + out, "--out=" + replayed)
                .err())
        .contains("amount: is missing");
  }

  @Test
  void purchaseDaysAndDatesAreThoseOfThePolicysCalendar() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int customer = 0; customer < 300; customer++) {
      // Half past eleven in the evening in Tehran, and half past midnight.
      lines.add(line(customer, FIRST, 1_000).replace("T00:00", "T20:00"));
      lines.add(line(customer, FIRST, 2_000).replace("T00:00", "T21:00"));
    }
    Path tehran =
        Files.writeString(
            dir.resolve("tehran.yaml"), "version: 1\ncalendar: { zone: Asia/Tehran }\n");
    String events = "--events=" + file(lines);
    assertThat(Cli.run("fit", events).out())
        .contains("300 customers up to 2024-01-01, 0 of them with a repeat purchase");
    assertThat(Cli.run("fit", events, "--policy=" + tehran).out())
        .contains("300 customers up to 2024-01-02, 300 of them with a repeat purchase");
    assertThat(Cli.run("fit", events, "--policy=" + tehran, "--until=2024-01-01T20:30:00Z").out())
        .contains("300 customers up to 2024-01-01, 0 of them with a repeat purchase");
  }

  @Test
  void theTopicOfPurchasesSaysWhatTheFileSays() throws IOException {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>();
    try (Sandbox sandbox = new Sandbox(dir, 2, Presets.text("retail"), Map.of())) {
      for (int customer = 0; customer < 150; customer++) {
        for (int n = 0; n <= customer % 5; n++) {
          int day = FIRST + random.nextInt(200);
          lines.add(line(customer, day, 1_000 + customer));
          sandbox.send(
              new Purchase(
                  lines.size() + "",
                  "c" + customer,
                  LocalDays.UTC.startOf(day),
                  Purchase.Action.PURCHASE,
                  "o",
                  1_000 + customer,
                  "USD",
                  List.of(),
                  ""));
        }
      }
      // A repeated event id does not count as another purchase.
      sandbox.send(
          new Purchase(
              "1",
              "c0",
              LocalDays.UTC.startOf(FIRST),
              Purchase.Action.PURCHASE,
              "o",
              9,
              "USD",
              List.of(),
              ""));
      sandbox.producer.flush();
      List<String> arguments =
          new ArrayList<>(Arrays.asList("fit", "--from-topics", "--until=2024-12-31T00:00:00Z"));
      arguments.add("--set=bootstrapServers=" + sandbox.settings.clients().bootstrapServers());
      arguments.add(
          "--set=registry.schema.registry.url="
              + sandbox.settings.clients().registry().get("schema.registry.url"));
      arguments.add("--set=policy=" + sandbox.settings.policy());
      arguments.add("--set=stateDir=" + sandbox.settings.state().dir());
      arguments.add("--set=temporaryState=true");
      Cli topics = Cli.run(arguments.toArray(String[]::new));
      Cli events = Cli.run("fit", "--events=" + file(lines), "--until=2024-12-31T00:00:00Z");
      assertThat(topics.exit()).as(topics.err()).isZero();
      assertThat(topics.out()).isEqualTo(events.out());
    }
  }

  @Test
  void whatCannotBeFittedIsSaidInASentence() throws IOException {
    Path events = file(List.of(line(1, FIRST, 100), line(1, FIRST + 9, 100)));
    assertThat(Cli.run("fit").err()).contains("either --events FILE or --from-topics");
    assertThat(Cli.run("fit", "--events=" + events, "--until=2023-01-01T00:00:00Z").err())
        .contains("no purchase to fit models to");
    assertThat(Cli.run("fit", "--events=" + events, "--holdout=P90D").err())
        .contains("shorten --holdout");
    assertThat(Cli.run("fit", "--events=" + events, "--unit=PT0S").err()).contains("--unit");
  }

  private static String line(int customer, int day, int amount) {
    return "{\"family\":\"purchase\",\"action\":\"PURCHASE\",\"eventId\":\"%%d\",\"customerId\":\"c%d\",\"occurredAt\":\"%sT00:00:00Z\",\"orderId\":\"o\",\"amount\":%d,\"currency\":\"USD\"}"
        .formatted(customer, LocalDate.ofEpochDay(day), amount);
  }

  private Path file(List<String> lines) throws IOException {
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      numbered.add(lines.get(i).replace("%d", String.valueOf(i + 1)));
    }
    return Files.write(dir.resolve("events.jsonl"), numbered);
  }
}
