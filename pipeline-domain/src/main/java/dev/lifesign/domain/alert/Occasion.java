package dev.lifesign.domain.alert;

import dev.lifesign.domain.cel.Answer;
import dev.lifesign.domain.cel.Expression;
import dev.lifesign.domain.cel.View;
import dev.lifesign.domain.condition.Scene;
import dev.lifesign.domain.customer.Customer;
import dev.lifesign.domain.event.Event;
import dev.lifesign.domain.lifecycle.Cause;
import dev.lifesign.domain.lifecycle.NextReview;
import dev.lifesign.domain.policy.Policy;
import dev.lifesign.domain.scoring.Prediction;
import dev.lifesign.domain.scoring.ValueAtStake;
import dev.lifesign.domain.time.Instants;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The judgement in which a customer's cases are reviewed. What only a few judgements need is
 * computed when it is asked for, and once.
 */
public final class Occasion {

  /** What an event that occurred longer ago begins is not news. */
  static final long NEWS = 7 * Instants.DAY;

  private static final long UNKNOWN = -1;

  private final Scene scene;
  private final Cause cause;
  private final Optional<Event> event;
  private final boolean first;
  private final Reporter reporter;
  private long valueAtStake = UNKNOWN;
  private Map<String, Object> fields;

  /**
   * Where a review reports to.
   *
   * @param facts receives the facts to publish, in order
   * @param failures run for each expression that could not be evaluated
   * @param next what the status becomes if no further event arrives
   */
  public record Reporter(
      Consumer<AlertFact> facts, Runnable failures, Supplier<Optional<NextReview>> next) {}

  /**
   * A judgement.
   *
   * @param scene the customer after its status and segment were settled
   * @param cause why it was judged
   * @param event the event, if it was one
   * @param first whether it is the customer's first judgement
   */
  public Occasion(
      Scene scene, Cause cause, Optional<Event> event, boolean first, Reporter reporter) {
    this.scene = scene;
    this.cause = cause;
    this.event = event;
    this.first = first;
    this.reporter = reporter;
  }

  Scene scene() {
    return scene;
  }

  Policy policy() {
    return scene.policy();
  }

  String customerId() {
    return scene.customer().id();
  }

  long at() {
    return scene.at();
  }

  Cause cause() {
    return cause;
  }

  Optional<Event> event() {
    return event;
  }

  /** Whether the event occurred so long ago that it counts, but is no news. */
  boolean isOldNews() {
    return cause.kind() == Cause.Kind.EVENT && cause.occurredAt() < at() - NEWS;
  }

  /** Whether what begins now counts as begun already: a late event only shows that it had. */
  boolean beginsSilently() {
    return cause.late() && (first || isOldNews());
  }

  /** The value at stake, minor units of the base currency. */
  long valueAtStake() {
    if (valueAtStake == UNKNOWN) {
      Policy policy = policy();
      valueAtStake =
          ValueAtStake.of(
              Prediction.of(scene.customer(), policy, at()),
              scene
                  .customer()
                  .commerce()
                  .panes()
                  .net(policy.rfm().windowDays(), policy.days().dayOf(at())));
    }
    return valueAtStake;
  }

  /** Whether an expression says yes; one that cannot be evaluated does not, and is counted. */
  boolean says(Expression expression, String subject) {
    Answer answer = expression.ask(new Seen(subject));
    if (answer == Answer.FAILED) {
      reporter.failures().run();
    }
    return answer == Answer.YES;
  }

  void publish(AlertFact fact) {
    reporter.facts().accept(fact);
  }

  /** What the status becomes if no further event arrives. */
  Optional<NextReview> next() {
    return reporter.next().get();
  }

  private final class Seen implements View {

    private final String subject;

    Seen(String subject) {
      this.subject = subject;
    }

    @Override
    public Map<String, Object> customer() {
      if (fields == null) {
        Customer customer = scene.customer();
        fields =
            new CustomerFields(
                customer, policy(), at(), customer.statusState(), customer.segment());
      }
      return fields;
    }

    @Override
    public Optional<Event> event() {
      return event;
    }

    @Override
    public String subject() {
      return subject;
    }
  }
}
