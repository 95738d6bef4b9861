package dev.lifesign.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lifesign.app.embedded.Ports;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Family;
import dev.lifesign.domain.time.Instants;
import dev.lifesign.lab.UserError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the simulated shop and its demo. */
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
  void aDemoGoesOnWhereItStopped() throws Exception {
    String first = play();
    assertThat(first).contains("Ready after");
    String second = play();
    assertThat(day(second)).isGreaterThanOrEqualTo(day(first));
    assertThatThrownBy(() -> demo(4, new StringWriter()).run())
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

  /** Runs the demo until it shows a new customer. */
  private String play() throws Exception {
    StringWriter shown = new StringWriter();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    Future<?> played;
    try (Demo demo = demo(3, shown)) {
      played = executor.submit(demo::run);
      await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> played.isDone() || shown.toString().contains("  NEW "));
    } finally {
      executor.shutdown();
    }
    played.get();
    assertThat(shown.toString()).contains("  NEW ");
    return shown.toString();
  }

  private Demo demo(long seed, StringWriter shown) {
    Demo.Options options =
        new Demo.Options(100, 86_400, seed, dir, Ports.free(), Ports.free(), Duration.ZERO, false);
    return new Demo(options, new PrintWriter(shown));
  }
}
