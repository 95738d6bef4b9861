package dev.lifesign.lab.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.policy.RiskMethod;
import dev.lifesign.lab.fit.PolicyText;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lines of a policy that a report shows for copying. */
class SilenceYamlTest {

  private static final String MODEL =
      "\nmodel: { family: BG_NBD, unit: P7D, r: 0.9, alpha: 4.4, a: 0.8, b: 2.4, spend: { p: 6, q: 4, v: 15 } }\n";

  @ParameterizedTest
  @EnumSource(RiskMethod.class)
  void theLinesAreAllThatThePolicyNeeds(RiskMethod method) {
    PolicyText text = PolicyText.of(Presets.text("retail") + MODEL).method(method).fixed(150);
    String whole =
        (method == RiskMethod.RETURN ? text.returning(Duration.ofDays(60), 0.3) : text).text();
    String lines = SilenceYaml.of(whole);
    Policy copied = PolicyReader.read("version: 1\n" + lines).policy().orElseThrow();
    Policy expected = PolicyReader.read(whole).policy().orElseThrow();
    assertThat(RiskSetting.of(copied)).isEqualTo(RiskSetting.of(expected));
    assertThat(copied.lifecycle().silence().dormantAfter())
        .isEqualTo(expected.lifecycle().silence().dormantAfter());
    assertThat(copied.lifecycle().silence().churnAfter())
        .isEqualTo(expected.lifecycle().silence().churnAfter());
    assertThat(copied.model().isPresent()).isEqualTo(method.needsModel());
    assertThat(lines).doesNotContain("alerts", "#");
  }

  @Test
  void whatThePolicyLeavesToTheDefaultsIsLeftOut() {
    assertThat(SilenceYaml.of("version: 1\n"))
        .isEqualTo("lifecycle:\n  risk:\n    method: fixed\n");
  }
}
