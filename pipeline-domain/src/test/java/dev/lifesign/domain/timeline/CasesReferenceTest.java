package dev.lifesign.domain.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.history.CaseHistory;
import dev.lifesign.domain.history.Play;
import dev.lifesign.domain.history.ReferencePlay;
import dev.lifesign.domain.history.TimelinePlay;
import dev.lifesign.domain.history.Told;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The timeline tells of alerts and answers commands as the reference model does, for any schedule
 * of ticks. Seeds follow each other from {@code -Dlifesign.cases.from} (default 0), {@code
 * -Dlifesign.cases.histories} of them; a failure names its seed and prints the shortest history
 * that still fails. In a run of many, everything that can happen to alerts and commands must have
 * happened, so that the histories cannot dry up.
 */
class CasesReferenceTest {

  private static final long FROM = Long.getLong("lifesign.cases.from", 0);
  private static final long HISTORIES = Long.getLong("lifesign.cases.histories", 10_000);

  /** So many histories have everything that can happen. */
  private static final long ENOUGH = 2_000;

  private final Set<String> changes = new HashSet<>();
  private final Set<String> clearedBy = new HashSet<>();
  private final Set<String> refusals = new HashSet<>();

  @Test
  void alertsAndAnswersAgreeWithTheReferenceInAnyHistory() {
    LongStream.range(FROM, FROM + HISTORIES).forEach(this::compare);
    if (HISTORIES >= ENOUGH) {
      assertThat(changes)
          .containsAll(namesOf(EnumSet.complementOf(EnumSet.of(AlertChange.MERGED))));
      assertThat(clearedBy).contains("EVENT", "TIME", "CORRECTION", "POLICY");
      assertThat(refusals).containsAll(namesOf(EnumSet.complementOf(EnumSet.of(Refusal.NONE))));
    }
  }

  private static List<String> namesOf(Set<? extends Enum<?>> all) {
    return all.stream().map(Enum::name).toList();
  }

  private void compare(long seed) {
    CaseHistory history = CaseHistory.of(seed);
    if (difference(history, seed, this::count).isPresent()) {
      CaseHistory shortest = shortest(history, seed);
      throw new AssertionError(
          "Seed %d: %s\n%s\n%s"
              .formatted(
                  seed,
                  difference(shortest, seed).orElseThrow(),
                  lines(shortest.steps()),
                  lines(shortest.policies().list())));
    }
  }

  private void count(Play play) {
    for (Told told : play.alerts()) {
      changes.add(told.get("change"));
      clearedBy.add(told.get("clearedBy"));
    }
    play.answers().forEach(answer -> refusals.add(answer.refusal()));
  }

  private static CaseHistory shortest(CaseHistory history, long seed) {
    CaseHistory shortest = history;
    for (int i = 0; i < shortest.steps().size() && shortest.steps().size() > 1; ) {
      CaseHistory shorter = shortest.without(i);
      boolean fails = difference(shorter, seed).isPresent();
      shortest = fails ? shorter : shortest;
      i = fails ? 0 : i + 1;
    }
    return shortest;
  }

  private static Optional<String> difference(CaseHistory history, long seed) {
    return difference(history, seed, played -> {});
  }

  private static Optional<String> difference(
      CaseHistory history, long seed, Consumer<Play> counts) {
    List<Long> ticks = history.ticks(new Random(seed));
    Play reference = new ReferencePlay(history.policies());
    Play ticked = new TimelinePlay(history.policies());
    Play plain = new TimelinePlay(history.policies());
    try {
      history.play(reference, ticks);
      history.play(ticked, ticks);
      history.play(plain, List.of());
      assertThat(ticked.rows()).isEqualTo(reference.rows());
      assertThat(plain.rows()).isEqualTo(reference.rows());
      assertThat(ticked.answers()).isEqualTo(reference.answers());
      assertThat(plain.answers()).isEqualTo(reference.answers());
      requireSame(ticked.alerts(), reference.alerts());
      requireSame(undetected(plain), undetected(reference));
      counts.accept(reference);
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(e.toString());
    }
    return Optional.empty();
  }

  private static List<Told> undetected(Play play) {
    return play.alerts().stream().map(told -> told.without("detected")).toList();
  }

  private static void requireSame(List<Told> timeline, List<Told> reference) {
    List<Told> one = Told.ordered(timeline);
    List<Told> other = Told.ordered(reference);
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      String found = i < one.size() ? one.get(i).toString() : "nothing";
      String expected = i < other.size() ? other.get(i).toString() : "nothing";
      boolean same =
          i < one.size()
              && i < other.size()
              && one.get(i).fields().equals(other.get(i).fields())
              && isClose(one.get(i).valueAtStake(), other.get(i).valueAtStake());
      if (!same) {
        throw new AssertionError(
            "Timeline  " + found + "\nreference " + expected + "\nall of it:\n" + lines(other));
      }
    }
  }

  private static String lines(List<?> all) {
    return all.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  /** Two ways to sum a series may round to neighbours. */
  private static boolean isClose(long one, long other) {
    return Math.abs(one - other) <= 1 + Math.abs(other) * 1e-9;
  }
}
