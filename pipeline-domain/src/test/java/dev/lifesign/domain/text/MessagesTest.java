package dev.lifesign.domain.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.ArgType;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.ULocale;
import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.event.Contact;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.event.Support;
import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.policy.Condition.Silent;
import dev.lifesign.domain.policy.OnSubscriptionEnd;
import dev.lifesign.domain.policy.PolicyLocale.Language;
import dev.lifesign.domain.policy.ReturnBy;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every message exists in every language, with the same arguments. */
class MessagesTest {

  private static final Properties ENGLISH = Messages.patterns("en");

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyMessageExistsInEveryLanguage(Language language) {
    assertThat(new TreeSet<>(patterns(language).stringPropertyNames()))
        .isEqualTo(new TreeSet<>(ENGLISH.stringPropertyNames()));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void aMessageHasTheSameArgumentsInEveryLanguage(Language language) {
    Properties patterns = patterns(language);
    for (String key : ENGLISH.stringPropertyNames()) {
      assertThat(arguments(patterns.getProperty(key)))
          .as(key)
          .isEqualTo(arguments(ENGLISH.getProperty(key)));
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyPluralHasTheFormsOfItsLanguage(Language language) {
    Set<String> forms = PluralRules.forLocale(new ULocale(Speech.name(language))).getKeywords();
    Properties patterns = patterns(language);
    for (String key : patterns.stringPropertyNames()) {
      MessagePattern pattern = new MessagePattern(patterns.getProperty(key));
      for (int i = 0; i < pattern.countParts(); i++) {
        if (pattern.getPart(i).getArgType() == ArgType.PLURAL
            && pattern.getPart(i).getType() == MessagePattern.Part.Type.ARG_START) {
          assertThat(selectors(pattern, i)).as(key).containsAll(required(language, forms));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void thereIsAMessageForEverythingThatCanBeSaid(Language language) {
    Speech speech = Speech.of(Facts.SHOP, language);
    assertThat(keys().filter(key -> !speech.has(key))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void isolatesAreBalancedInEveryMessage(Language language) {
    patterns(language)
        .forEach(
            (key, pattern) -> assertThat(Isolates.depth((String) pattern)).as(key + "").isZero());
  }

  @Test
  void aMissingMessageIsABug() {
    assertThatThrownBy(() -> Speech.of(Facts.SHOP, Language.EN).say("nonsense", Arguments.NONE))
        .hasMessage("There is no message for nonsense");
  }

  private static Stream<String> keys() {
    return Stream.of(
            names("status.", Status.values()),
            names("reason.", Reason.values()),
            names("severity.", Severity.values()),
            names("category.", Support.Category.values()),
            names("channel.", Contact.Channel.values()),
            names("now.STATUS.", Reason.values()),
            names("now.SILENCE.", Silent.Kind.values()),
            names("ends.", Silent.Kind.values()),
            names("risk.", RiskMethod.values()),
            names("returnBy.", ReturnBy.values()),
            names("end.", OnSubscriptionEnd.values()),
            names("model.", PurchaseModel.Family.values()),
            names("change.HANDLED.", Outcome.values()).filter(key -> !key.endsWith("NONE")),
            names("change.NOTED.", Outcome.values()).filter(key -> !key.endsWith("NONE")),
            names("change.", AlertChange.values())
                .filter(
                    key ->
                        !Set.of("change.RAISED", "change.CLEARED", "change.HANDLED").contains(key)),
            Stream.of("EVENT", "TIME", "CORRECTION", "POLICY").map(by -> "change.CLEARED." + by),
            Stream.of(Family.values())
                .flatMap(family -> names("event." + family.label() + ".", family.actions())))
        .flatMap(keys -> keys);
  }

  private static Stream<String> names(String prefix, Enum<?>[] values) {
    return Stream.of(values).map(value -> prefix + value.name());
  }

  private static Properties patterns(Language language) {
    return Messages.patterns(Speech.name(language));
  }

  private static Set<String> arguments(String pattern) {
    return new MessageFormat(pattern, ULocale.ENGLISH).getArgumentNames();
  }

  /** In Persian "one" and "other" do not differ after a number. */
  private static Set<String> required(Language language, Set<String> forms) {
    return language == Language.FA ? Set.of("other") : forms;
  }

  private static List<String> selectors(MessagePattern pattern, int start) {
    int limit = pattern.getLimitPartIndex(start);
    return IntStream.range(start, limit)
        .filter(i -> pattern.getPart(i).getType() == MessagePattern.Part.Type.ARG_SELECTOR)
        .mapToObj(i -> pattern.getSubstring(pattern.getPart(i)))
        .toList();
  }
}
