package dev.lifesign.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.domain.document.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a build must be to understand a policy is known, whatever is added to policies. */
class PolicyFormatTest {

  private static final String UNKNOWN = "unknown key; expected one of ";
  private static final String CHOICE = "expected one of ";

  /**
   * Fails where the reader has learned a key or a value. A build that has not stops at a policy
   * which uses it, so give it the next format in PolicyFormat.SINCE.
   */
  @Test
  void whatTheReaderKnowsIsOfTheFirstFormatOrHasALaterOne() throws IOException {
    Set<String> known = known();
    assertThat(known).containsAll(PolicyFormat.SINCE.keySet());
    known.removeAll(PolicyFormat.SINCE.keySet());
    assertThat(known).containsExactlyElementsOf(golden());
  }

  @Test
  void theLeastFormatIsThatOfTheLatestKeyOrValueThatIsUsed() {
    Map<String, Integer> since =
        Map.of(
            "calendar", 2,
            "lifecycle.risk.method=model", 3,
            "cases[].ladder[].when.segment", 4);
    assertThat(least("version: 1", since)).isEqualTo(1);
    assertThat(least("version: 1\ncalendar: null", since)).isEqualTo(2);
    assertThat(least("lifecycle: { risk: { method: fixed } }", since)).isEqualTo(1);
    assertThat(least("lifecycle: { risk: { method: model } }", since)).isEqualTo(3);
    assertThat(least("cases: [{ id: a }, { ladder: [{}, { when: { segment: x } }] }]", since))
        .isEqualTo(4);
    assertThat(least("cases: 3\nlifecycle: [1]\n", since)).isEqualTo(1);
    assertThat(least("no: [ yaml", since)).isEqualTo(1);
  }

  @Test
  void aPresetIsPublishedForBuildsThatReadCases() {
    PublishedPolicy published = PublishedPolicy.by("lifesign 1", 1, Presets.text("retail"));
    assertThat(published.format()).isEqualTo(PolicyFormat.SINCE.get("cases")).isEqualTo(4);
    assertThat(published.read()).isEqualTo(Presets.policy("retail"));
  }

  @Test
  void aPolicyWithoutCasesIsPublishedForEveryBuild() {
    assertThat(PublishedPolicy.by("lifesign 1", 1, "version: 1\nlateness: P1D").format())
        .isEqualTo(PolicyFormat.FIRST);
  }

  @Test
  void aPolicyOfALaterFormatIsNotReadThoughItsKeysAreKnown() {
    PublishedPolicy later =
        new PublishedPolicy(2, "version: 2", PolicyFormat.NEWEST + 1, "lifesign 9");
    assertThatThrownBy(later::read)
        .isInstanceOf(UnreadablePolicyException.class)
        .hasMessageContaining("run lifesign 9, which published it, or a later build");
  }

  private static int least(String text, Map<String, Integer> since) {
    return PolicyFormat.leastFor(text, since);
  }

  /**
   * The keys that the reader offers where it is given one that it does not know, and its choices.
   */
  private static Set<String> known() {
    Set<String> known = new TreeSet<>();
    Deque<String> sections = new ArrayDeque<>(List.of(""));
    while (!sections.isEmpty()) {
      String section = sections.pop();
      String prefix = section.isEmpty() ? "" : section + ".";
      for (String key : offered(prefix + "?", "1", UNKNOWN)) {
        String path = prefix + key;
        known.add(path);
        offered(path, "'?'", CHOICE).forEach(choice -> known.add(path + "=" + choice));
        sections.push(path);
        sections.push(path + "[]");
      }
    }
    return known;
  }

  /** What the reader expects instead of the value at a path. */
  private static List<String> offered(String path, String value, String expected) {
    String text = value;
    String[] keys = path.split("\\.", -1);
    for (int i = keys.length - 1; i >= 0; i--) {
      boolean list = keys[i].endsWith("[]");
      String key = list ? keys[i].substring(0, keys[i].length() - 2) : keys[i];
      text = "{ '" + key + "': " + (list ? "[" + text + "]" : text) + " }";
    }
    String place = path.replace("[]", "[0]");
    return PolicyReader.read(text).faults().stream()
        .filter(fault -> fault.path().equals(place) && fault.message().startsWith(expected))
        .map(Fault::message)
        .map(message -> message.substring(expected.length()).replaceFirst(", but it is .*", ""))
        .flatMap(names -> List.of(names.split(", ", -1)).stream())
        .toList();
  }

  private static List<String> golden() throws IOException {
    try (InputStream file =
        PolicyFormatTest.class.getResourceAsStream("/golden/policy-format-1.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toList());
    }
  }
}
