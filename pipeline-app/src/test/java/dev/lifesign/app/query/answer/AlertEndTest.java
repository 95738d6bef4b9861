package dev.lifesign.app.query.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.customer.RungState.Phase;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.PolicyReader;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What ends an alert, in words. */
class AlertEndTest {

  private static final RungState HOLDS = new RungState(Phase.FIRED, 1, false, 1);

  private static String end(String when) {
    Case one =
        PolicyReader.read(
                """
                version: 1
                cases:
                  - id: c
                    ladder: [ { id: r, when: { %s } } ]
                """
                    .formatted(when))
            .policy()
            .orElseThrow()
            .cases()
            .get(0);
    return AlertEnd.of(
        one,
        new CaseState(
            "c", Collections.nCopies(one.rungs().size(), HOLDS), List.of(), Optional.empty()));
  }

  @Test
  void durationsAreSaidInDaysWhereTheyAreWholeDays() {
    assertThat(end("renewal: { ahead: P30D }")).endsWith(": a renewal within 30 days");
    assertThat(end("renewal: { ahead: P1D }")).endsWith(": a renewal within 1 day");
    assertThat(end("silence: { of: PURCHASE, for: P45D }")).endsWith(": no PURCHASE for 45 days");
    assertThat(end("silence: { of: PURCHASE, for: PT36H }")).endsWith(": no PURCHASE for PT36H");
  }
}
