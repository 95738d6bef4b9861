package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lifesign.lab.file.PolicyFile;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backtest as a page, in each language. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BacktestPagesTest {

  private static final String MODEL =
      "model: { family: BG_NBD, unit: P7D, r: 0.9, alpha: 4.4, a: 0.8, b: 2.4, spend: { p: 6, q: 4, v: 15 } }\n";
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9]+)[^>]*?(/?)>");
  private static final Set<String> VOID = Set.of("meta", "br");

  private final Map<String, BacktestReport> reports = new ConcurrentHashMap<>();

  @TempDir Path dir;

  /** Four policies: without a model, and with one that had, may have, and had not seen the days. */
  private BacktestReport report(String language) {
    return reports.computeIfAbsent(
        language,
        any -> {
          Map<String, PolicyFile> policies = new LinkedHashMap<>();
          policies.put("<b>&'own.yaml", MadeUpShop.policy(language, ""));
          policies.put("unknown.yaml", MadeUpShop.policy(language, MODEL));
          policies.put(
              "seen.yaml",
              MadeUpShop.policy(language, MODEL + "# Fitted to purchases up to 2024-11-30.\n"));
          policies.put(
              "unseen.yaml",
              MadeUpShop.policy(language, MODEL + "# Fitted to purchases up to 2024-06-30.\n"));
          try {
            return MadeUpShop.report(dir, policies);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "en, ltr, When is a silent customer at risk?, Tuning had not seen these figures.",
    "fa, rtl, مشتری ساکت از چه وقت در خطر است؟, تنظیم، این ارقام را ندیده بود.",
    "ar, rtl, متى يكون العميل الصامت مهدَّدًا؟, لم يرَ الضبط هذه الأرقام."
  })
  void thePageIsWrittenInTheLanguageOfThePolicy(
      String language, String direction, String title, String unseen) {
    assertThat(BacktestHtml.of(report(language)))
        .contains("<html lang='" + language + "' dir='" + direction + "'>")
        .contains("<h1>" + title + "</h1>")
        .contains(unseen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa", "ar"})
  void noSentenceStaysEnglish(String language) throws IOException {
    String page = BacktestHtml.of(report(language));
    words("en")
        .forEach(
            (key, sentence) -> {
              if (sentence.toString().contains(" ") && !sentence.toString().contains("{")) {
                assertThat(page).as(key.toString()).doesNotContain(sentence.toString());
              }
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa", "ar"})
  void everyLanguageHasTheSameWordsWithTheSameFacts(String language) throws IOException {
    Properties english = words("en");
    Properties other = words(language);
    assertThat(other.keySet()).isEqualTo(english.keySet());
    english.forEach(
        (key, sentence) ->
            assertThat(facts(other.get(key).toString()))
                .as(key.toString())
                .isEqualTo(facts(sentence.toString())));
  }

  private static Set<String> facts(String sentence) {
    Set<String> facts = new TreeSet<>();
    int depth = 0;
    for (int i = 0; i < sentence.length(); i++) {
      if (sentence.charAt(i) == '{' && depth++ == 0) {
        facts.add(sentence.substring(i + 1).split("[,}]", 2)[0]);
      } else if (sentence.charAt(i) == '}') {
        depth--;
      }
    }
    return facts;
  }

  private static Properties words(String language) throws IOException {
    Properties words = new Properties();
    try (InputStreamReader reader =
        new InputStreamReader(
            BacktestReport.class.getResourceAsStream("words_" + language + ".properties"),
            StandardCharsets.UTF_8)) {
      words.load(reader);
    }
    return words;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "fa", "ar"})
  void aPageIsSelfContainedAndEveryTagIsClosed(String language) {
    String page = BacktestHtml.of(report(language));
    assertThat(page)
        .contains("<svg class='chart'")
        .doesNotContain("http:", "https:", "src=", "<script", "<b>&'", "NaN");
    assertThat(page).contains("<bdi>&lt;b&gt;&amp;&#39;own.yaml</bdi>");
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(page.substring(page.indexOf("<html")));
    while (tags.find()) {
      if (!tags.group(1).isEmpty()) {
        assertThat(open.pop()).as("before %d", tags.start()).isEqualTo(tags.group(2));
      } else if (tags.group(3).isEmpty() && !VOID.contains(tags.group(2))) {
        open.push(tags.group(2));
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void whatMayBeWiderThanThePageScrollsByItself() {
    String page = BacktestHtml.of(report("en"));
    assertThat(page.split("<table>", -1))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            before -> assertThat(before.strip()).matches("(?s).*(class='wide'[^>]*>|</html>)"));
    assertThat(page)
        .containsPattern("\\.wide \\{ overflow-x: auto")
        .containsPattern("pre \\{[^}]*overflow-x: auto")
        .containsPattern("svg.chart \\{[^}]*width: 100%")
        .doesNotContainPattern("<svg[^>]* width=");
  }

  @Test
  void thePageShowsWhatToSetAndWhyItWasTaken() {
    BacktestReport report = report("en");
    assertThat(report.choice()).isPresent();
    assertThat(BacktestHtml.of(report))
        .contains("<pre lang='en'><code>lifecycle:\n  risk:\n    method: ")
        .contains("Tuning had seen these figures: they do not judge what it chose.")
        .contains("Best fixed silence in hindsight: ")
        .contains("The same guess for everybody")
        .contains("Earlier: the cutoff of September 3, 2024")
        .contains(">taken");
  }

  @ParameterizedTest
  @CsvSource({"EARLY, 60, 2025-01-01T00:00:00Z", "LOST, 400, 2025-06-01T00:00:00Z"})
  void aPageWithoutARecommendationIsWrittenToo(Verdict.Kind kind, int customers, String until)
      throws IOException {
    BacktestReport report =
        MadeUpShop.report(dir, Map.of("own.yaml", MadeUpShop.policy("fa", "")), customers, until);
    assertThat(report.verdict().kind()).isEqualTo(kind);
    assertThat(BacktestHtml.of(report))
        .contains("همان را که دارید نگه دارید", "<span class='badge'>نگه دارید</span>")
        .doesNotContain("NaN", "null");
  }

  @Test
  void figuresSayWhetherAModelHadSeenTheHoldout() throws IOException {
    BacktestReport report = report("en");
    BacktestFiles.write(report, dir.resolve("out"));
    JsonNode policies =
        new ObjectMapper().readTree(dir.resolve("out/backtest.json").toFile()).get("policies");
    assertThat(seen(policies, 0)).isEqualTo("[false, false]");
    assertThat(seen(policies, 1)).isEqualTo("[null, null]");
    assertThat(seen(policies, 2)).isEqualTo("[true, true]");
    assertThat(seen(policies, 3)).isEqualTo("[false, false]");
    String page = Files.readString(dir.resolve("out/backtest.html"));
    assertThat(page)
        .contains("<bdi>seen.yaml</bdi><small>its models had seen these days")
        .contains("<bdi>unknown.yaml</bdi><small>its models may have seen these days")
        .doesNotContain("<bdi>unseen.yaml</bdi><small>")
        .doesNotContain("&#39;own.yaml</bdi><small>");
    assertThat(BacktestText.of(report))
        .contains("  seen.yaml [1]", "[1] its models had seen these days")
        .contains("  unknown.yaml [2]", "[2] its models may have seen these days")
        .doesNotContain("unseen.yaml [");
  }

  private static String seen(JsonNode policies, int index) {
    return List.of(
            policies.get(index).at("/folds/0/seenByModel"),
            policies.get(index).at("/folds/1/seenByModel"))
        .toString();
  }
}
