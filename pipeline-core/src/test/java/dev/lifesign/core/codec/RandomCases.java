package dev.lifesign.core.codec;

import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Moments;
import dev.lifesign.domain.customer.AlertState.Origin;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.customer.AlertState.Owner;
import dev.lifesign.domain.customer.AlertState.Place;
import dev.lifesign.domain.customer.AlertState.State;
import dev.lifesign.domain.customer.AlertState.Version;
import dev.lifesign.domain.customer.Answers;
import dev.lifesign.domain.customer.Answers.Answer;
import dev.lifesign.domain.customer.Answers.Refusal;
import dev.lifesign.domain.customer.CaseBook;
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.customer.RungState.Phase;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** What may be kept of cases, and more than that: any value in any field. */
final class RandomCases {

  private static final List<String> NAMES =
      List.of("silence", "at-risk", "", "vip", "Beschwerde", "شکایت", "customer", "a".repeat(300));

  private final Random random;

  RandomCases(long seed) {
    this.random = new Random(seed);
  }

  CaseBook book(long clock) {
    List<CaseState> cases = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      cases.add(
          new CaseState(
              name(),
              list(random.nextInt(9), () -> rung(clock)),
              list(random.nextInt(3) * random.nextInt(20), () -> instant(clock)),
              random.nextBoolean() ? Optional.of(alert(clock)) : Optional.empty()));
    }
    return new CaseBook(
        cases,
        new Answers(
            list(
                random.nextInt(Answers.LIMIT + 1),
                () -> new Answer(random.nextLong(), any(Refusal.class), number()))));
  }

  private RungState rung(long clock) {
    return random.nextInt(3) > 0
        ? RungState.IDLE
        : new RungState(any(Phase.class), instant(clock), random.nextBoolean(), instant(clock));
  }

  private AlertState alert(long clock) {
    int version = number();
    return new AlertState(
        number(),
        new Version(version, random.nextInt(version + 1)),
        any(State.class),
        any(Ending.class),
        any(Outcome.class),
        new Place(name(), random.nextInt(20), any(Severity.class)),
        new Owner(name(), random.nextBoolean()),
        new Origin(
            instant(clock), instant(clock), name(), random.nextBoolean(), random.nextBoolean()),
        new Moments(
            instant(clock), random.nextBoolean(), instant(clock), instant(clock), instant(clock)),
        random.nextBoolean() ? 1 : number());
  }

  private long instant(long clock) {
    return switch (random.nextInt(8)) {
      case 0 -> Instants.NEVER;
      case 1 -> Instants.FOREVER;
      case 2 -> random.nextLong();
      case 3 -> clock + (random.nextInt(400) - 200) * Instants.DAY;
      case 4 -> clock + (random.nextInt(4_000) - 2_000) * 60_000L;
      default -> clock + (random.nextLong() >> 20);
    };
  }

  private int number() {
    return random.nextInt() >>> (1 + random.nextInt(30));
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private <T extends Enum<T>> T any(Class<T> type) {
    T[] constants = type.getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  private static <T> List<T> list(int size, Supplier<T> next) {
    List<T> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(next.get());
    }
    return list;
  }
}
