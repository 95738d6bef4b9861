package dev.lifesign.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.history.Arrival;
import dev.lifesign.domain.history.Histories;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.file.JsonLinesFile;
import dev.lifesign.lab.file.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay ticks at the first instant of every day of the policy's calendar. */
class DayTicksTest {

  @TempDir Path dir;

  @Test
  void aDayWhoseMidnightIsSkippedTicksAtTheEndOfTheGap() throws IOException {
    List<String> ticks = ticks("America/Santiago", "2024-09-06T12:00:00Z", "2024-09-09T03:00:00Z");
    assertThat(ticks)
        .containsSubsequence("2024-09-07T04:00:00Z", "2024-09-08T04:00:00Z", "2024-09-09T03:00:00Z")
        .doesNotContain("2024-09-07T00:00:00Z", "2024-09-08T03:00:00Z");
  }

  @Test
  void aSkippedDateHasNoTickOfItsOwn() throws IOException {
    assertThat(ticks("Pacific/Apia", "2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z"))
        .containsOnlyOnce("2011-12-30T10:00:00Z")
        .containsOnlyOnce("2011-12-31T10:00:00Z");
  }

  private List<String> ticks(String zone, String arrivedAt, String until) throws IOException {
    Arrival any = Histories.of(1, "c", 1).get(0);
    long arrival = Instants.parse(arrivedAt);
    Path events =
        Files.writeString(
            dir.resolve("events.jsonl"),
            HistoryFile.line(new Arrival(any.event().occurringAt(arrival), arrival)));
    String yaml = "version: 1\nrfm: { cuts: none }\ncalendar: { zone: " + zone + " }";
    List<String> ticks = new ArrayList<>();
    new Replay(
            new JsonLinesFile(events),
            new PolicyFile(PolicyReader.read(yaml).policy().orElseThrow(), yaml),
            Instants.parse(until),
            total -> {},
            line -> {},
            line -> {})
        .play(
            new ReplayFiles(),
            event -> {},
            command -> {},
            tick -> ticks.add(Instants.format(tick)));
    return ticks;
  }
}
