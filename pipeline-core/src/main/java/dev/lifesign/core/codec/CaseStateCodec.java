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
import dev.lifesign.domain.customer.CaseState;
import dev.lifesign.domain.customer.RungState;
import dev.lifesign.domain.customer.RungState.Phase;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.time.Instants;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Encodes what is kept of a customer's cases and commands, as part of its state. Every customer has
 * it, so it is packed: a case whose last alert has ended takes about thirty bytes, and one that
 * never concerned the customer takes none. Constants are stored as their ordinals; the version of
 * the state covers this format too.
 */
final class CaseStateCodec {

  private static final byte[] NOTHING = {};

  private static final State[] STATES = State.values();
  private static final Ending[] ENDINGS = Ending.values();
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final Severity[] SEVERITIES = Severity.values();
  private static final Phase[] PHASES = Phase.values();
  private static final Refusal[] REFUSALS = Refusal.values();

  /** The bits of an alert: constants from the lowest bit on, then whether something is so. */
  private static final int ENDING = 2;

  private static final int OUTCOME = 6;
  private static final int SEVERITY = 9;
  private static final int HELD = 1 << 11;
  private static final int MUTED = 1 << 12;
  private static final int CONTINUES = 1 << 13;
  private static final int OVERDUE = 1 << 14;
  private static final int HAS_MORE = 1 << 15;

  /** The bits of a case, below the number of its rungs. */
  private static final int HAS_ALERT = 1;

  private static final int HAS_MATCHES = 2;
  private static final int RUNGS = 2;

  /** The bits of a rung, above its phase. */
  private static final int PHASE_MASK = 7;

  private static final int ARMED = 1 << 3;
  private static final int HAS_BEGUN = 1 << 4;
  private static final int NOTIFIED = 1 << 5;

  private CaseStateCodec() {}

  /**
   * Encodes cases.
   *
   * @param clock the customer's clock, to which instants are relative
   */
  static byte[] encode(List<CaseState> cases, long clock) {
    if (cases.isEmpty()) {
      return NOTHING;
    }
    PackedOutput out = new PackedOutput();
    for (CaseState one : cases) {
      write(out, one, base(clock));
    }
    return out.toBytes();
  }

  /** Decodes cases, given the clock with which they were encoded. */
  static List<CaseState> decode(ByteBuffer bytes, long clock) {
    if (!bytes.hasRemaining()) {
      return List.of();
    }
    PackedInput in = new PackedInput(bytes);
    List<CaseState> cases = new ArrayList<>(2);
    while (!in.isAtEnd()) {
      cases.add(read(in, base(clock)));
    }
    return cases;
  }

  /** Encodes the answers to commands. */
  static byte[] encode(Answers answers) {
    if (answers.list().isEmpty()) {
      return NOTHING;
    }
    PackedOutput out = new PackedOutput();
    for (Answer answer : answers.list()) {
      out.whole(answer.commandId());
      out.number(answer.refusal().ordinal());
      out.number(answer.version());
    }
    return out.toBytes();
  }

  /** Decodes the answers to commands. */
  static Answers decodeAnswers(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return Answers.NONE;
    }
    PackedInput in = new PackedInput(bytes);
    List<Answer> answers = new ArrayList<>();
    while (!in.isAtEnd()) {
      answers.add(new Answer(in.whole(), REFUSALS[in.count()], in.count()));
    }
    return new Answers(answers);
  }

  private static long base(long clock) {
    return Instants.isFinite(clock) ? clock : 0;
  }

  private static void write(PackedOutput out, CaseState one, long clock) {
    out.name(one.caseId());
    out.number(
        (long) one.rungs().size() << RUNGS
            | (one.matches().isEmpty() ? 0 : HAS_MATCHES)
            | (one.alert().isEmpty() ? 0 : HAS_ALERT));
    long base = clock;
    if (one.alert().isPresent()) {
      write(out, one.alert().get(), clock);
      base = base(one.alert().get().origin().raisedAt());
    }
    if (!one.rungs().isEmpty()) {
      writeRungs(out, one.rungs(), base);
    }
    if (!one.matches().isEmpty()) {
      writeMatches(out, one.matches(), base);
    }
  }

  private static CaseState read(PackedInput in, long clock) {
    String caseId = in.name();
    int head = in.count();
    Optional<AlertState> alert = Optional.empty();
    long base = clock;
    if ((head & HAS_ALERT) != 0) {
      AlertState read = readAlert(in, clock);
      alert = Optional.of(read);
      base = base(read.origin().raisedAt());
    }
    List<RungState> rungs = readRungs(in, head >> RUNGS, base);
    List<Long> matches = (head & HAS_MATCHES) == 0 ? List.of() : readMatches(in, base);
    return new CaseState(caseId, rungs, matches, alert);
  }

  /** Writes the rungs that are not idle, each after its distance from the one before; then zero. */
  private static void writeRungs(PackedOutput out, List<RungState> rungs, long base) {
    int before = -1;
    for (int i = 0; i < rungs.size(); i++) {
      RungState rung = rungs.get(i);
      if (!rung.equals(RungState.IDLE)) {
        out.number((long) i - before);
        before = i;
        write(out, rung, base);
      }
    }
    out.number(0);
  }

  private static List<RungState> readRungs(PackedInput in, int count, long base) {
    if (count == 0) {
      return List.of();
    }
    List<RungState> rungs = new ArrayList<>(Collections.nCopies(count, RungState.IDLE));
    int at = -1;
    for (int step = in.count(); step > 0; step = in.count()) {
      at += step;
      rungs.set(at, readRung(in, base));
    }
    return rungs;
  }

  private static void write(PackedOutput out, RungState rung, long base) {
    boolean begun = rung.since() != Instants.NEVER;
    boolean notified = rung.notifiedAt() != Instants.NEVER;
    out.number(
        rung.phase().ordinal()
            | (rung.armed() ? ARMED : 0)
            | (begun ? HAS_BEGUN : 0)
            | (notified ? NOTIFIED : 0));
    if (begun) {
      out.instant(rung.since(), base);
    }
    if (notified) {
      out.instant(rung.notifiedAt(), base);
    }
  }

  private static RungState readRung(PackedInput in, long base) {
    int head = in.count();
    long since = (head & HAS_BEGUN) == 0 ? Instants.NEVER : in.instant(base);
    long notifiedAt = (head & NOTIFIED) == 0 ? Instants.NEVER : in.instant(base);
    return new RungState(PHASES[head & PHASE_MASK], since, (head & ARMED) != 0, notifiedAt);
  }

  private static void writeMatches(PackedOutput out, List<Long> matches, long base) {
    out.number(matches.size());
    long before = base;
    for (long match : matches) {
      out.instant(match, before);
      before = match;
    }
  }

  private static List<Long> readMatches(PackedInput in, long base) {
    int count = in.count();
    List<Long> matches = new ArrayList<>();
    long before = base;
    for (int i = 0; i < count; i++) {
      before = in.instant(before);
      matches.add(before);
    }
    return matches;
  }

  private static void write(PackedOutput out, AlertState alert, long clock) {
    boolean more = hasMore(alert);
    out.bits(
        alert.state().ordinal()
            | alert.ending().ordinal() << ENDING
            | alert.outcome().ordinal() << OUTCOME
            | alert.place().severity().ordinal() << SEVERITY
            | (alert.owner().held() ? HELD : 0)
            | (alert.origin().muted() ? MUTED : 0)
            | (alert.origin().continues() ? CONTINUES : 0)
            | (alert.moments().overdue() ? OVERDUE : 0)
            | (more ? HAS_MORE : 0));
    out.number(alert.number());
    out.number(alert.version().current());
    out.number((long) alert.version().current() - alert.version().changed());
    out.name(alert.place().rung());
    out.number(alert.place().level());
    out.name(alert.owner().name());
    long raisedAt = alert.origin().raisedAt();
    out.instant(raisedAt, clock);
    long base = base(raisedAt);
    out.instant(alert.moments().expiresAt(), base);
    out.instant(alert.moments().dueAt(), base);
    out.instant(alert.moments().endedAt(), base);
    if (more) {
      out.instant(alert.moments().snoozedUntil(), base);
      out.instant(alert.origin().triggeredAt(), base);
      out.name(alert.origin().subject());
      out.number(alert.count());
    }
  }

  /** Whether an alert has what most alerts do not have. */
  private static boolean hasMore(AlertState alert) {
    return alert.moments().snoozedUntil() != Instants.NEVER
        || alert.origin().triggeredAt() != Instants.NEVER
        || !alert.origin().subject().isEmpty()
        || alert.count() != 1;
  }

  private static AlertState readAlert(PackedInput in, long clock) {
    int bits = in.bits();
    int number = in.count();
    int current = in.count();
    Version version = new Version(current, current - in.count());
    Place place = new Place(in.name(), in.count(), SEVERITIES[bits >> SEVERITY & 3]);
    Owner owner = new Owner(in.name(), (bits & HELD) != 0);
    long raisedAt = in.instant(clock);
    long base = base(raisedAt);
    long expiresAt = in.instant(base);
    long dueAt = in.instant(base);
    long endedAt = in.instant(base);
    boolean more = (bits & HAS_MORE) != 0;
    long snoozedUntil = more ? in.instant(base) : Instants.NEVER;
    long triggeredAt = more ? in.instant(base) : Instants.NEVER;
    String subject = more ? in.name() : "";
    return new AlertState(
        number,
        version,
        STATES[bits & 3],
        ENDINGS[bits >> ENDING & 15],
        OUTCOMES[bits >> OUTCOME & 7],
        place,
        owner,
        new Origin(raisedAt, triggeredAt, subject, (bits & MUTED) != 0, (bits & CONTINUES) != 0),
        new Moments(dueAt, (bits & OVERDUE) != 0, expiresAt, snoozedUntil, endedAt),
        more ? in.count() : 1);
  }
}
