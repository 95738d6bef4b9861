package dev.lifesign.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.policy.Presets;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.schema.ChurnAlert;
import dev.lifesign.schema.StatusChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not told changes nothing of what is. */
class MutedTest {

  private static final long UNTIL = Histories.START + 200 * Instants.DAY;

  @TempDir Path dir;

  private record Told(List<StatusChange> changes, List<ChurnAlert> alerts, int profiles) {}

  @Test
  void aMutedRunTellsWhatBecameTrueFromTheInstantOnAndNothingBefore() {
    Told all = play(new PipelineDriver(Presets.policy("retail"), dir.resolve("all")));
    Told muted = play(PipelineDriver.muted(Presets.policy("retail"), dir.resolve("muted"), UNTIL));
    List<StatusChange> changes =
        all.changes.stream().filter(c -> c.getEffectiveAt().toEpochMilli() >= UNTIL).toList();
    List<ChurnAlert> alerts =
        all.alerts.stream().filter(a -> a.getEffectiveAt().toEpochMilli() >= UNTIL).toList();
    assertThat(changes).hasSizeBetween(50, all.changes.size() - 50);
    assertThat(muted.changes).isEqualTo(changes);
    assertThat(alerts).isNotEmpty();
    assertThat(muted.alerts).isEqualTo(alerts);
    assertThat(muted.profiles).isEqualTo(all.profiles).isPositive();
  }

  @Test
  void withoutProfilesAllElseIsToldAlike() {
    Told all = play(new PipelineDriver(Presets.policy("retail"), dir.resolve("with")));
    Told without =
        play(PipelineDriver.withoutProfiles(Presets.policy("retail"), dir.resolve("without")));
    assertThat(without.changes).isEqualTo(all.changes).isNotEmpty();
    assertThat(without.alerts).isEqualTo(all.alerts).isNotEmpty();
    assertThat(all.profiles).isPositive();
    assertThat(without.profiles).isZero();
  }

  private static Told play(PipelineDriver driver) {
    try (driver) {
      List<Arrival> arrivals = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        arrivals.addAll(Histories.of(i, "c" + i, 30));
      }
      arrivals.sort(Comparator.comparingLong(Arrival::arrivedAt));
      arrivals.forEach(arrival -> driver.send(arrival.event(), arrival.arrivedAt()));
      long last = arrivals.get(arrivals.size() - 1).arrivedAt() + 400 * Instants.DAY;
      driver.tick(last);
      driver.workUpTo(last);
      return new Told(driver.statusChanges(), driver.alerts(), driver.profiles().size());
    }
  }
}
