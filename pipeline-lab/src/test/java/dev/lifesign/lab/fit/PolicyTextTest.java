package dev.lifesign.lab.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.model.PurchaseModel;
import dev.lifesign.domain.model.SpendModel;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.policy.RiskMethod;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edited policy can be read, and says what was set. */
class PolicyTextTest {

  @Test
  void theProbabilityOfAPurchaseSoonCanBeChosenAsTheMethod() {
    PolicyText text =
        PolicyText.of("version: 1")
            .method(RiskMethod.RETURN)
            .returning(Duration.ofDays(60), 0.35)
            .model(
                new PurchaseModel(PurchaseModel.Family.BG_NBD, 0.5, 6, 0.9, 1.6),
                Duration.ofDays(7),
                new SpendModel(6.25, 3.74, 15.44));
    Policy.Risk risk = risk(text);
    assertThat(risk.method()).isEqualTo(RiskMethod.RETURN);
    assertThat(risk.returning().within()).isEqualTo(days(60));
    assertThat(risk.returning().below()).isEqualTo(0.35);
    assertThat(risk(text.returning(Duration.ofHours(36), 0.5)).returning().within())
        .isEqualTo(Duration.ofHours(36).toMillis());
  }

  @Test
  void theShortestSilenceThatIsARiskIsRaisedUnderEveryMethod() {
    Policy.Risk risk =
        risk(
            PolicyText.of(
                    """
                    version: 1
                    lifecycle: { risk: { personal: { min: P40D }, model: { min: P2D, max: P10D } } }
                    """)
                .riskMin(30));
    assertThat(risk.personal().min()).isEqualTo(days(40));
    assertThat(risk.personal().max()).isEqualTo(days(180));
    assertThat(risk.model().min()).isEqualTo(days(30));
    assertThat(risk.model().max()).isEqualTo(days(30));
    assertThat(risk.returning().min()).isEqualTo(days(30));
    assertThat(risk.returning().max()).isEqualTo(days(180));
  }

  @Test
  void whoIsDormantOrChurnedWasAtRiskBefore() {
    Policy.Silence silence = policy(PolicyText.of("version: 1").riskMin(200)).lifecycle().silence();
    assertThat(silence.risk().returning().max()).isEqualTo(days(200));
    assertThat(silence.dormantAfter()).isEqualTo(days(200));
    assertThat(silence.churnAfter()).isEqualTo(days(200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"retail", "subscription", "saas", "marketplace"})
  void theCasesOfAPolicyGoThroughAnEditUnchanged(String preset) {
    assertThat(policy(PolicyText.of(Presets.text(preset))).cases())
        .isNotEmpty()
        .isEqualTo(Presets.policy(preset).cases());
  }

  private static Policy.Risk risk(PolicyText text) {
    return policy(text).lifecycle().silence().risk();
  }

  private static Policy policy(PolicyText text) {
    return PolicyReader.read(text.text()).policy().orElseThrow();
  }

  private static long days(int days) {
    return Duration.ofDays(days).toMillis();
  }
}
