package dev.lifesign.domain.history;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.cel.Answer;
import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.event.Purchase;
import dev.lifesign.domain.event.SubscriptionChange;
import dev.lifesign.domain.event.Support;
import dev.lifesign.domain.history.Reference.Why;
import dev.lifesign.domain.policy.Case;
import dev.lifesign.domain.policy.Condition;
import dev.lifesign.domain.policy.EventTrigger;
import dev.lifesign.domain.policy.Rung;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.policy.SeverityRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The cases of semantics, Alerts, step by step as they are written there. Every alert, every match
 * and every notified fact is kept.
 */
final class ReferenceCases {

  private static final long WEEK = 7 * 86_400_000L;

  /** A condition that holds: since when, and what became of it. */
  private static final class Spell {
    long since;
    String outcome = "";

    boolean fired() {
      return outcome.equals("FIRED") || outcome.equals("WAITING");
    }
  }

  /** A fact that told people. */
  private record Notified(String rung, long at) {}

  /** All about one case. */
  static final class Book {
    final String id;
    Optional<Case> definition = Optional.empty();
    final Map<String, Spell> spells = new LinkedHashMap<>();
    final Map<String, Boolean> armed = new HashMap<>();
    final List<Long> matches = new ArrayList<>();
    final List<Notified> notified = new ArrayList<>();
    final List<ReferenceAlert> alerts = new ArrayList<>();

    Book(String id) {
      this.id = id;
    }

    Optional<ReferenceAlert> last() {
      return alerts.isEmpty() ? Optional.empty() : Optional.of(alerts.get(alerts.size() - 1));
    }

    Optional<ReferenceAlert> open() {
      return last().filter(ReferenceAlert::isOpen);
    }

    List<Rung> ladder() {
      return definition.map(Case::rungs).orElse(List.of());
    }

    int index(String rung) {
      for (int i = 0; i < ladder().size(); i++) {
        if (ladder().get(i).id().equals(rung)) {
          return i;
        }
      }
      return -1;
    }

    void forget() {
      spells.clear();
      armed.clear();
      matches.clear();
      notified.clear();
    }
  }

  /**
   * What a person asked for, as facts repeat it.
   *
   * @param by empty if no command caused the fact
   */
  record Asked(String by, String outcome, String note) {
    static final Asked NOTHING = new Asked("", "", "");
  }

  private final Reference history;
  private final ReferenceConditions conditions;
  private final Map<String, Book> books = new LinkedHashMap<>();
  private final List<Told> told = new ArrayList<>();
  private String customerId = "";

  ReferenceCases(Reference history) {
    this.history = history;
    this.conditions = new ReferenceConditions(history);
  }

  List<Told> told() {
    return told;
  }

  Iterable<Book> books() {
    return books.values();
  }

  void judge(Why why) {
    why.event().ifPresent(event -> customerId = event.customerId());
    if (why.adopts()) {
      dropCases(why);
    }
    for (Case one : history.policy().cases()) {
      Book book = books.computeIfAbsent(one.id(), Book::new);
      Optional<Case> before = book.definition;
      book.definition = Optional.of(one);
      if (one.trigger().isPresent()) {
        if (why.adopts() && !isSameTrigger(before, one.trigger().get())) {
          book.matches.clear();
        }
        judgeEvents(book, one.trigger().get(), why);
      } else {
        judgeLadder(book, before, why);
      }
      watch(book);
    }
  }

  /** Cases that a new policy drops, or makes of another kind. */
  private void dropCases(Why why) {
    for (Book book : books.values()) {
      if (book.definition.isEmpty()) {
        continue;
      }
      Optional<Case> now = history.policy().caseOf(book.id);
      boolean stays =
          now.isPresent()
              && now.get().trigger().isPresent() == book.definition.get().trigger().isPresent();
      if (!stays) {
        book.last().ifPresent(alert -> alert.place = -1);
        book.definition = Optional.empty();
        book.forget();
        if (book.open().isPresent()) {
          clear(book, book.open().get(), "POLICY", why);
        }
      }
    }
  }

  /** Steps 1 and 2, and the others, of a ladder. */
  private void judgeLadder(Book book, Optional<Case> before, Why why) {
    boolean heldBefore = !book.spells.isEmpty();
    if (why.adopts()) {
      moveRungs(book, before.map(Case::rungs).orElse(List.of()));
    }
    long at = history.judgedAt();
    int highest = -1;
    for (int i = 0; i < book.ladder().size(); i++) {
      Rung rung = book.ladder().get(i);
      Optional<Rung> old =
          why.adopts()
              ? before.map(Case::rungs).orElse(List.of()).stream()
                  .filter(one -> one.id().equals(rung.id()))
                  .findFirst()
              : Optional.of(rung);
      boolean sameWhen = old.isPresent() && old.get().when().equals(rung.when());
      boolean same = sameWhen && old.get().dwell() == rung.dwell();
      boolean bothActivity =
          old.isPresent()
              && old.get().when() instanceof Condition.ActivityBelow
              && rung.when() instanceof Condition.ActivityBelow;
      if (!sameWhen && !bothActivity) {
        book.armed.remove(rung.id());
      }
      boolean held = sameWhen && book.spells.containsKey(rung.id());
      boolean holds = conditions.holds(rung.when(), held, book.armed, rung.id());
      if (!holds) {
        book.spells.remove(rung.id());
      } else if (!same || !book.spells.containsKey(rung.id())) {
        Spell spell = new Spell();
        spell.since = at;
        boolean known = why.adopts() ? !rung.raiseOnPublish() : isLongAgo(why);
        spell.outcome = known ? "FIRED" : "";
        book.spells.put(rung.id(), spell);
      }
      Spell spell = book.spells.get(rung.id());
      if (spell != null && spell.outcome.isEmpty() && history.reached(spell.since + rung.dwell())) {
        boolean passes = rung.filter().isEmpty() || ask(rung.filter().get(), why.event(), "");
        spell.outcome = passes ? "FIRED" : "FILTERED";
        highest = passes ? i : highest;
      }
    }
    boolean noneHolds = book.spells.isEmpty();
    reviewLadder(book, highest, heldBefore && noneHolds, why);
  }

  /** Whether what an event's judgement finds has begun already. */
  private boolean isLongAgo(Why why) {
    return why.late()
        && (why.first() || history.judgedAt() - why.event().get().occurredAt() > WEEK);
  }

  /** After a new policy: rungs that it no longer has, and the place of the alert. */
  private void moveRungs(Book book, List<Rung> old) {
    book.spells.keySet().removeIf(rung -> book.index(rung) < 0);
    book.armed.keySet().removeIf(rung -> book.index(rung) < 0);
    List<Notified> moved = new ArrayList<>();
    for (Notified one : book.notified) {
      String rung = one.rung();
      for (int i = indexIn(old, rung); i >= 0 && book.index(rung) < 0; i--) {
        rung = old.get(i).id();
      }
      if (book.index(rung) >= 0) {
        moved.add(new Notified(rung, one.at()));
      }
    }
    book.notified.clear();
    book.notified.addAll(moved);
    if (book.last().isEmpty()) {
      return;
    }
    ReferenceAlert alert = book.last().get();
    int index = book.index(alert.rung);
    if (index >= 0) {
      alert.place = index;
      return;
    }
    // Above the nearest of the rungs that stood below it.
    double place = -0.5;
    for (int i = 0; i < old.size() && i < alert.place; i++) {
      int now = book.index(old.get(i).id());
      place = now >= 0 ? now + 0.5 : place;
    }
    alert.place = place;
  }

  private static int indexIn(List<Rung> ladder, String rung) {
    for (int i = 0; i < ladder.size(); i++) {
      if (ladder.get(i).id().equals(rung)) {
        return i;
      }
    }
    return -1;
  }

  /** Steps 3 to 5 of a ladder. */
  private void reviewLadder(Book book, int firing, boolean allEnded, Why why) {
    boolean done = false;
    if (book.open().isPresent()) {
      ReferenceAlert alert = book.open().get();
      int lower = book.spells.containsKey(alert.rung) ? -1 : highestFiredBelow(book, alert.place);
      if (firing > alert.place) {
        escalate(book, alert, firing, why);
        done = true;
      } else if (lower >= 0) {
        put(alert, book.ladder().get(lower), lower);
        tell(book, alert, AlertChange.EASED, false, why, Asked.NOTHING);
      } else if (allEnded) {
        clear(book, alert, clearedBy(alert, why), why);
        done = true;
      }
      if (!done) {
        ownInstants(book, alert, why);
      }
    }
    if (book.open().isEmpty()) {
      raiseLadder(book, firing, why);
    }
  }

  private static int highestFiredBelow(Book book, double place) {
    int found = -1;
    for (int i = 0; i < book.ladder().size() && i < place; i++) {
      Spell spell = book.spells.get(book.ladder().get(i).id());
      found = spell != null && spell.fired() ? i : found;
    }
    return found;
  }

  private String clearedBy(ReferenceAlert alert, Why why) {
    if (why.adopts()) {
      return "POLICY";
    }
    if (why.event().isEmpty()) {
      return "TIME";
    }
    return why.late() && why.event().get().occurredAt() < alert.raisedAt ? "CORRECTION" : "EVENT";
  }

  private void escalate(Book book, ReferenceAlert alert, int rung, Why why) {
    boolean notify = !toldRecently(book, rung);
    put(alert, book.ladder().get(rung), rung);
    if (!alert.held) {
      alert.owner = book.definition.get().owner();
    }
    open(book, alert);
    tell(book, alert, AlertChange.ESCALATED, notify, why, Asked.NOTHING);
  }

  /** Puts an alert on a rung. */
  private void put(ReferenceAlert alert, Rung rung, int place) {
    alert.rung = rung.id();
    alert.place = place;
    alert.severity = severity(rung.severity());
  }

  /** OPEN, with due and expiry anew. */
  void open(Book book, ReferenceAlert alert) {
    Case definition = book.definition.get();
    int rung = book.index(alert.rung);
    OptionalInt due = rung >= 0 ? book.ladder().get(rung).due() : definition.due();
    alert.state = "OPEN";
    alert.ending = "";
    alert.clearedBy = "";
    alert.snoozedUntil = null;
    alert.endedAt = null;
    alert.overdue = false;
    alert.dueAt = due.isPresent() ? workingDaysLater(due.getAsInt()) : null;
    alert.expiresAt = history.judgedAt() + definition.timeToLive();
  }

  private void clear(Book book, ReferenceAlert alert, String by, Why why) {
    alert.clearedBy = by;
    end(book, alert, AlertChange.CLEARED, why, Asked.NOTHING);
  }

  void end(Book book, ReferenceAlert alert, AlertChange change, Why why, Asked asked) {
    alert.state = "RESOLVED";
    alert.ending = change.name();
    alert.snoozedUntil = null;
    alert.endedAt = history.judgedAt();
    tell(book, alert, change, false, why, asked);
  }

  /** Step 4. */
  private void ownInstants(Book book, ReferenceAlert alert, Why why) {
    if (alert.state.equals("OPEN") && history.reached(alert.expiresAt)) {
      end(book, alert, AlertChange.EXPIRED, why, Asked.NOTHING);
      return;
    }
    if (alert.state.equals("SNOOZED") && history.reached(alert.snoozedUntil)) {
      open(book, alert);
      tell(book, alert, AlertChange.WOKEN, true, why, Asked.NOTHING);
    }
    if (alert.state.equals("OPEN")
        && !alert.overdue
        && alert.dueAt != null
        && history.reached(alert.dueAt)) {
      alert.overdue = true;
      String to = book.definition.map(Case::escalateTo).orElse("");
      if (!to.isEmpty()) {
        alert.owner = to;
        alert.held = true;
      }
      tell(book, alert, AlertChange.OVERDUE, true, why, Asked.NOTHING);
    }
  }

  /** Step 5 of a ladder. */
  private void raiseLadder(Book book, int firing, Why why) {
    boolean cools = cools(book);
    if (firing >= 0 && cools && firing <= book.last().get().place) {
      book.spells.get(book.ladder().get(firing).id()).outcome = "WAITING";
    }
    int raising = firing >= 0 && isFired(book, firing) ? firing : -1;
    if (!cools) {
      for (int i = 0; i < book.ladder().size(); i++) {
        Spell spell = book.spells.get(book.ladder().get(i).id());
        if (spell != null && spell.outcome.equals("WAITING")) {
          raising = Math.max(raising, i);
        }
      }
    }
    if (raising < 0) {
      return;
    }
    for (Spell spell : book.spells.values()) {
      spell.outcome = spell.outcome.equals("WAITING") ? "FIRED" : spell.outcome;
    }
    boolean notify = !toldRecently(book, raising);
    ReferenceAlert alert = next(book);
    put(alert, book.ladder().get(raising), raising);
    open(book, alert);
    book.alerts.add(alert);
    tell(book, alert, AlertChange.RAISED, notify, why, Asked.NOTHING);
  }

  private static boolean isFired(Book book, int rung) {
    return book.spells.get(book.ladder().get(rung).id()).outcome.equals("FIRED");
  }

  private boolean cools(Book book) {
    Optional<ReferenceAlert> last = book.last();
    return last.isPresent()
        && (last.get().ending.equals("HANDLED") || last.get().ending.equals("EXPIRED"))
        && !history.reached(last.get().endedAt + book.definition.get().cooldown());
  }

  private boolean toldRecently(Book book, int rung) {
    return book.notified.stream()
        .anyMatch(
            one ->
                book.index(one.rung()) >= rung
                    && history.judgedAt() < one.at() + book.definition.get().cooldown());
  }

  /** A new alert of a case. */
  private ReferenceAlert next(Book book) {
    Case definition = book.definition.get();
    ReferenceAlert alert = new ReferenceAlert();
    alert.number = book.alerts.size() + 1;
    alert.owner = definition.owner();
    alert.raisedAt = history.judgedAt();
    alert.muted = heldOut(definition);
    alert.continues =
        book.last().isPresent()
            && history.judgedAt() - book.last().get().endedAt < definition.cooldown();
    return alert;
  }

  /** The steps of an event case. */
  private void judgeEvents(Book book, EventTrigger trigger, Why why) {
    boolean ended = false;
    if (book.open().isPresent()) {
      ReferenceAlert alert = book.open().get();
      // An alert that a ladder raised, and that was reopened since the case has a trigger, has
      // none.
      Long raising = alert.occurredAt;
      ended =
          why.event().isPresent()
              && trigger.endsWhen().isPresent()
              && (raising == null || why.event().get().occurredAt() > raising)
              && ask(trigger.endsWhen().get(), why.event(), alert.subject);
      if (ended) {
        clear(book, alert, "EVENT", why);
      } else {
        ownInstants(book, alert, why);
      }
    }
    if (why.event().isPresent() && triggers(book, trigger, why.event().get())) {
      raiseEvent(book, trigger, why);
    }
  }

  private static boolean isSameTrigger(Optional<Case> before, EventTrigger now) {
    return before
        .flatMap(Case::trigger)
        .filter(
            old ->
                old.match().equals(now.match())
                    && old.count() == now.count()
                    && old.within() == now.within())
        .isPresent();
  }

  private boolean triggers(Book book, EventTrigger trigger, Event event) {
    if (!ask(trigger.match(), Optional.of(event), "")) {
      return false;
    }
    long at = event.occurredAt();
    List<Long> before = new ArrayList<>(book.matches.stream().filter(one -> one <= at).toList());
    before.sort(null);
    book.matches.add(at);
    int others = trigger.count() - 1;
    if (history.judgedAt() - at > WEEK || before.size() < others) {
      return false;
    }
    long earliest = others == 0 ? at : before.get(before.size() - others);
    if (at - earliest >= trigger.within()) {
      return false;
    }
    book.matches.clear();
    return true;
  }

  private void raiseEvent(Book book, EventTrigger trigger, Why why) {
    if (book.open().isPresent()) {
      book.open().get().count++;
      tell(book, book.open().get(), AlertChange.REPEATED, false, why, Asked.NOTHING);
      return;
    }
    if (cools(book)) {
      return;
    }
    ReferenceAlert alert = next(book);
    alert.severity = severity(trigger.severity());
    alert.place = -1;
    alert.occurredAt = why.event().get().occurredAt();
    alert.subject = subject(why.event().get());
    open(book, alert);
    book.alerts.add(alert);
    tell(book, alert, AlertChange.RAISED, true, why, Asked.NOTHING);
  }

  private static String subject(Event event) {
    if (event instanceof Support support) {
      return support.ticketId();
    }
    if (event instanceof SubscriptionChange change) {
      return change.subscriptionId();
    }
    return event instanceof Purchase purchase ? purchase.orderId() : "";
  }

  /** Steps 3 to 5 after a command, with the conditions as last judged. */
  void review(Book book, Why why) {
    if (book.definition.isEmpty()) {
      return;
    }
    if (book.definition.get().trigger().isPresent()) {
      book.open().ifPresent(alert -> ownInstants(book, alert, why));
    } else {
      reviewLadder(book, -1, false, why);
    }
    watch(book);
  }

  /** Notes every instant at which time alone may do something to the case's alert. */
  private void watch(Book book) {
    book.open()
        .ifPresent(
            alert -> {
              if (alert.state.equals("OPEN")) {
                history.reached(alert.expiresAt);
              }
              if (alert.state.equals("OPEN") && alert.dueAt != null) {
                history.reached(alert.dueAt);
              }
              if (alert.snoozedUntil != null) {
                history.reached(alert.snoozedUntil);
              }
            });
    if (book.definition.isPresent()) {
      cools(book);
    }
  }

  void tell(
      Book book, ReferenceAlert alert, AlertChange change, boolean notify, Why why, Asked asked) {
    String decidedBy = alert.decidedBy();
    alert.version++;
    if (!decidedBy.equals(alert.lastDecidedBy) || change == AlertChange.SNOOZED) {
      alert.changed = alert.version;
      alert.lastDecidedBy = decidedBy;
    }
    if (notify) {
      int rung = (int) Math.floor(alert.place);
      if (rung >= 0) {
        book.notified.removeIf(one -> book.index(one.rung()) < rung);
        book.notified.add(new Notified(book.ladder().get(rung).id(), history.judgedAt()));
      }
    }
    told.add(
        new Told.Writer()
            .at("at", history.judgedAt())
            .with("case", book.id)
            .with("number", alert.number)
            .with("version", alert.version)
            .with("change", change)
            .with("clearedBy", change == AlertChange.CLEARED ? alert.clearedBy : "")
            .with("rung", alert.rung)
            .with("severity", alert.severity)
            .with("state", alert.state)
            .with("owner", alert.owner)
            .with("held", alert.held)
            .at("due", alert.dueAt)
            .with("overdue", alert.overdue)
            .at("expires", alert.expiresAt)
            .at("snoozed", alert.snoozedUntil)
            .at("ended", alert.endedAt)
            .at("raised", alert.raisedAt)
            .with("subject", alert.subject)
            .with("muted", alert.muted)
            .with("notify", notify)
            .with("late", why.late())
            .with("count", alert.count)
            .with("changed", alert.changed)
            .with("previous", alert.continues ? alert.number - 1 : "")
            .with("by", asked.by())
            .with("outcome", asked.outcome())
            .with("note", asked.note())
            .with("status", history.status())
            .with("reason", history.reason())
            .with("policy", history.policy().version())
            .with("customer", customerId)
            .at("detected", why.detectedAt())
            .told(new ReferenceScores(history).valueAtStake()));
  }

  private boolean ask(Expression expression, Optional<Event> event, String subject) {
    return expression.ask(new ReferenceView(history, event, subject)) == Answer.YES;
  }

  private Severity severity(SeverityRule rule) {
    if (rule instanceof SeverityRule.Fixed fixed) {
      return fixed.severity();
    }
    List<Long> bounds = ((SeverityRule.ByValue) rule).bounds();
    long value = new ReferenceScores(history).valueAtStake();
    if (value >= bounds.get(2)) {
      return Severity.CRITICAL;
    }
    if (value >= bounds.get(1)) {
      return Severity.HIGH;
    }
    return value >= bounds.get(0) ? Severity.MEDIUM : Severity.LOW;
  }

  private long workingDaysLater(int days) {
    ZoneId zone = history.policy().calendar().zone();
    LocalDateTime now = Instant.ofEpochMilli(history.judgedAt()).atZone(zone).toLocalDateTime();
    LocalDate date = now.toLocalDate();
    for (int left = days; left > 0; ) {
      date = date.plusDays(1);
      left -= history.policy().calendar().weekend().contains(date.getDayOfWeek()) ? 0 : 1;
    }
    LocalDateTime then = date.atTime(now.toLocalTime());
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(then);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = zone.getRules().getTransition(then);
      return gap.toEpochSecond() * 1000;
    }
    return new TreeSet<>(offsets.stream().map(then::toInstant).toList()).first().toEpochMilli();
  }

  private boolean heldOut(Case definition) {
    byte[] text = (customerId + '\0' + definition.id()).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      BigInteger first = new BigInteger(1, Arrays.copyOf(hash, 8));
      BigDecimal share = new BigDecimal(definition.holdout());
      return new BigDecimal(first).compareTo(share.multiply(new BigDecimal(BigInteger.TWO.pow(64))))
          < 0;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
