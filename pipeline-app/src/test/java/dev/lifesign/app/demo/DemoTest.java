package dev.lifesign.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifesign.app.UserError;
import dev.lifesign.app.embedded.Ports;
import dev.lifesign.core.event.Event;
import dev.lifesign.core.event.Family;
import dev.lifesign.core.time.Instants;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The made-up shop, and the demo that plays it. */
class DemoTest {

  @TempDir Path dir;

  @Test
  void theSameSeedPlaysTheSameHoweverThePlayIsCut() {
    long end = Shop.OPENING + 200 * Instants.DAY;
    List<Event> whole = new ArrayList<>();
    new Shop(7, 50).playTo(end, whole::add);
    List<Event> cut = new ArrayList<>();
    Shop shop = new Shop(7, 50);
    for (long at = Shop.OPENING; at < end; at += 7 * Instants.DAY / 3) {
      shop.playTo(at, cut::add);
    }
    shop.playTo(end, cut::add);
    assertThat(cut).isEqualTo(whole).hasSizeGreaterThan(1_000);
    assertThat(whole).extracting(Event::eventId).doesNotHaveDuplicates();
    assertThat(whole).isSortedAccordingTo((a, b) -> Long.compare(a.occurredAt(), b.occurredAt()));
    assertThat(whole).extracting(Event::family).contains(Family.values());
  }

  @Test
  void aDemoGoesOnWhereItStopped() {
    String first = play(3);
    assertThat(first).contains("Ready after").contains("  NEW ");
    String second = play(3);
    assertThat(day(second)).isGreaterThanOrEqualTo(day(first));
    assertThatThrownBy(() -> play(4))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--data-dir");
  }

  private static String day(String shown) {
    Matcher matcher = Pattern.compile("(?m)^(2\\d{3}-\\d\\d-\\d\\d)").matcher(shown);
    String last = "";
    while (matcher.find()) {
      last = matcher.group(1);
    }
    return last;
  }

  private String play(long seed) {
    StringWriter shown = new StringWriter();
    Demo.Options options =
        new Demo.Options(
            100, 86_400, seed, dir, Ports.free(), Ports.free(), Duration.ofSeconds(8), false);
    try (Demo demo = new Demo(options, new PrintWriter(shown))) {
      demo.run();
    }
    return shown.toString();
  }
}
