package dev.lifesign.domain.text;

import dev.lifesign.domain.alert.AlertChange;
import dev.lifesign.domain.alert.AlertFact;
import dev.lifesign.domain.alert.AlertFact.Background;
import dev.lifesign.domain.alert.AlertFact.Detection;
import dev.lifesign.domain.alert.AlertFact.Order;
import dev.lifesign.domain.alert.Finding;
import dev.lifesign.domain.alert.Finding.Amount;
import dev.lifesign.domain.alert.Finding.Count;
import dev.lifesign.domain.alert.Finding.Measure;
import dev.lifesign.domain.alert.Finding.Moment;
import dev.lifesign.domain.alert.Finding.Share;
import dev.lifesign.domain.alert.Finding.Span;
import dev.lifesign.domain.alert.Finding.Word;
import dev.lifesign.domain.customer.AlertState;
import dev.lifesign.domain.customer.AlertState.Ending;
import dev.lifesign.domain.customer.AlertState.Outcome;
import dev.lifesign.domain.lifecycle.Assessment;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.policy.PolicyReader;
import dev.lifesign.domain.policy.Severity;
import dev.lifesign.domain.status.Reason;
import dev.lifesign.domain.status.Status;
import dev.lifesign.domain.time.Instants;
import java.util.ArrayList;
import java.util.List;

/** Makes alert facts for tests. */
final class Facts {

  /** A shop in UTC. */
  static final Policy SHOP = policy("");

  /** A shop in Iran, with Persian months. */
  static final Policy TEHRAN =
      policy(
          "calendar: { zone: Asia/Tehran, weekStart: SATURDAY, weekend: [FRIDAY], months: persian }");

  static final long NOW = at("2024-04-26T10:00:00Z");

  private final List<Finding> evidence = new ArrayList<>();
  private final AlertChange change;
  private Policy policy = SHOP;
  private Order order = Order.NONE;
  private Ending ending = Ending.NONE;
  private String rung = "at-risk";
  private String owner = "crm";
  private long stake;

  private Facts(AlertChange change) {
    this.change = change;
  }

  static Facts of(AlertChange change) {
    return new Facts(change);
  }

  static Policy policy(String more) {
    return PolicyReader.read("version: 1\n" + more + "\n").policy().orElseThrow();
  }

  static long at(String instant) {
    return Instants.parse(instant);
  }

  Facts under(Policy other) {
    policy = other;
    return this;
  }

  Facts by(String name) {
    order = new Order(name, order.outcome(), order.note());
    return this;
  }

  Facts outcome(Outcome outcome) {
    order = new Order(order.by(), outcome, order.note());
    return this;
  }

  Facts ended(Ending how) {
    ending = how;
    return this;
  }

  Facts ofEventCase() {
    rung = "";
    return this;
  }

  Facts owner(String name) {
    owner = name;
    return this;
  }

  Facts stake(long minor) {
    stake = minor;
    return minor > 0 ? with("valueAtStake", new Amount(minor)) : this;
  }

  Facts with(String name, Finding.Value value) {
    evidence.add(new Finding(name, value));
    return this;
  }

  Facts word(String name, String word) {
    return with(name, new Word(word));
  }

  Facts days(String name, double days) {
    return with(name, new Span(Math.round(days * Instants.DAY)));
  }

  Facts moment(String name, String instant) {
    return with(name, new Moment(at(instant)));
  }

  Facts count(String name, long count) {
    return with(name, new Count(count));
  }

  Facts measure(String name, double number) {
    return with(name, new Measure(number));
  }

  Facts share(String name, double share) {
    return with(name, new Share(share));
  }

  AlertFact fact() {
    AlertState alert =
        new AlertState(
            1,
            new AlertState.Version(1, 1),
            ending == Ending.NONE ? AlertState.State.OPEN : AlertState.State.RESOLVED,
            ending,
            order.outcome(),
            new AlertState.Place(rung, rung.isEmpty() ? 0 : 2, Severity.MEDIUM),
            new AlertState.Owner(owner, false),
            new AlertState.Origin(NOW, Instants.NEVER, "", false, false),
            new AlertState.Moments(
                Instants.NEVER, false, Instants.NEVER, Instants.NEVER, Instants.NEVER),
            1);
    return new AlertFact(
        "c-1",
        "silence",
        alert,
        change,
        true,
        order,
        new Background(policy, new Assessment(Status.AT_RISK, Reason.SILENCE), stake),
        evidence,
        new Detection(false, NOW, NOW));
  }
}
