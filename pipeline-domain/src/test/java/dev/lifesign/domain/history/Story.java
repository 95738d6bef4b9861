package dev.lifesign.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifesign.domain.command.Command;
import dev.lifesign.domain.policy.Policies;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyInForce;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.PolicyReading;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;

/**
 * One customer's story, told by hand. It is played to the timeline and to the reference, which must
 * agree on all of it. Instants are written {@code 2024-01-31} or {@code 2024-01-31T10:15}, UTC.
 *
 * <p>The policy has no lateness; a customer is at risk after 10 days of silence, dormant after 30
 * and churned after 60. A purchase weighs 10, a click 1.
 */
public final class Story {

  /** Whose story it is. */
  public static final String CUSTOMER = "c";

  private static final String RULES =
      """
      version: %d
      lateness: PT0S
      activity: { weights: { purchase.PURCHASE: 10, contact.CLICKED: 1 } }
      lifecycle:
        newFor: P5D
        risk: { fixed: P10D }
        dormantAfter: P30D
        churnAfter: P60D
        reactivatedFor: P5D
      subscriptions: { grace: P2D, maxPause: P20D }
      %s
      cases:
      %s
      """;

  private final String head;
  private final Policies policies;
  private final Play timeline;
  private final Play reference;
  private int events;
  private int commands;

  private Story(String head, Policies policies) {
    this.head = head;
    this.policies = policies;
    this.timeline = new TimelinePlay(policies);
    this.reference = new ReferencePlay(policies);
  }

  /** A story under a policy with cases, as its file has them. */
  public static Story of(String cases) {
    return of("", cases);
  }

  /**
   * The same, with more in the policy.
   *
   * @param head further sections of the policy
   */
  public static Story of(String head, String cases) {
    return new Story(head, Policies.of(policy(1, head, cases)));
  }

  /** The same story, if the policy gets other cases at an instant. Nothing must have happened. */
  public Story then(String from, String cases) {
    int version = policies.newest().policy().version() + 1;
    return new Story(
        head, policies.with(new PolicyInForce(instant(from), policy(version, head, cases))));
  }

  private static Policy policy(int version, String head, String cases) {
    PolicyReading reading = PolicyReader.read(RULES.formatted(version, head, cases));
    assertThat(reading.faults()).isEmpty();
    return reading.policy().orElseThrow();
  }

  /** Something happens, and arrives at once. */
  public Story happens(String at, Happening happening) {
    return arrives(at, at, happening);
  }

  /** Something arrives later than it happened. */
  public Story arrives(String at, String occurredAt, Happening happening) {
    events++;
    for (Play play : both()) {
      play.event(happening.as("e" + events, instant(occurredAt)), instant(at));
    }
    return this;
  }

  /** Time passes up to an instant, which is included. */
  public Story until(String at) {
    both().forEach(play -> play.advance(instant(at) + 1, instant(at)));
    return this;
  }

  /** Someone asks for something about the first alert of the case {@code a}. */
  public Story asks(String at, Command.Step step) {
    return asks(at, 1, step);
  }

  /** Someone asks for something about an alert of the case {@code a}. */
  public Story asks(String at, int number, Command.Step step) {
    return asks(at, number, OptionalInt.empty(), step);
  }

  /** Someone who has seen a version asks for something about the first alert of {@code a}. */
  public Story asksHavingSeen(int version, String at, Command.Step step) {
    return asks(at, 1, OptionalInt.of(version), step);
  }

  private Story asks(String at, int number, OptionalInt seen, Command.Step step) {
    commands++;
    return sends(at, "k" + commands, onAlert(number, seen, step));
  }

  /** What is asked about an alert of the case {@code a}. */
  public static Command.Order onAlert(int number, OptionalInt seen, Command.Step step) {
    return new Command.OnAlert(ReferenceCommands.id(CUSTOMER, "a", number), seen, step);
  }

  /** Not before an instant. */
  public static Command.Step snooze(String until) {
    return new Command.Snooze(instant(until));
  }

  /** Ann sends a command. */
  public Story sends(String at, String commandId, Command.Order order) {
    Command command = new Command(commandId, CUSTOMER, "ann", order);
    both().forEach(play -> play.command(command, instant(at)));
    return this;
  }

  private List<Play> both() {
    return List.of(timeline, reference);
  }

  /**
   * What is told of alerts, a text per fact: the instant, the change, what cleared it, number,
   * rung, severity, state, owner, and whether people are notified; what is empty is left out.
   *
   * @param more names of further fields of {@link Told}, which follow as {@code name=value}
   */
  public List<String> facts(String... more) {
    agree();
    return Told.ordered(timeline.alerts()).stream().map(told -> text(told, more)).toList();
  }

  /** The answers to commands: {@code ok} or the refusal, and the version. */
  public List<String> answers() {
    agree();
    return timeline.answers().stream()
        .map(answer -> (answer.refusal().isEmpty() ? "ok" : answer.refusal()) + answer.version())
        .map(text -> text.replaceFirst("(\\d+)$", " $1"))
        .toList();
  }

  private void agree() {
    assertThat(timeline.rows()).isEqualTo(reference.rows());
    assertThat(timeline.answers()).isEqualTo(reference.answers());
    assertThat(Told.ordered(timeline.alerts())).isEqualTo(Told.ordered(reference.alerts()));
  }

  private static String text(Told told, String... more) {
    StringBuilder text = new StringBuilder(shortened(told.get("at")));
    text.append(' ').append(told.get("change"));
    text.append(told.get("clearedBy").isEmpty() ? "" : " by " + told.get("clearedBy"));
    text.append(" #").append(told.get("number"));
    for (String name : List.of("rung", "severity", "state", "owner")) {
      text.append(told.get(name).isEmpty() ? "" : " " + told.get(name));
    }
    text.append(told.get("notify").equals("true") ? " notify" : "");
    for (String name : more) {
      String value = name.equals("value") ? "" + told.valueAtStake() : shortened(told.get(name));
      text.append(' ').append(name).append('=').append(value);
    }
    return text.toString();
  }

  private static String shortened(String text) {
    return text.replaceFirst("T00:00:00Z$", "").replaceFirst("(:\\d\\d):00Z$", "$1");
  }

  /** An instant as stories write it, milliseconds since 1970. */
  static long instant(String text) {
    LocalDateTime local =
        text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
    return local.toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
