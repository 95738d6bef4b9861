package dev.lifesign.app.query;

import dev.lifesign.app.query.answer.AnsweredBy;
import dev.lifesign.app.query.answer.CustomerAnswer;
import dev.lifesign.app.query.answer.TimelineAnswer;
import dev.lifesign.core.lookup.CustomerLookup;
import java.util.Optional;
import java.util.function.Function;

/** A question about a customer. */
public enum Question {
  /** Profile, types, subscriptions, open alerts, evidence and what comes next. */
  CUSTOMER("") {
    @Override
    Optional<Function<AnsweredBy, Object>> read(CustomerLookup lookup, String customerId) {
      return lookup.customer(customerId).map(found -> by -> CustomerAnswer.of(found, by));
    }
  },
  /** The last status changes. */
  TIMELINE("/timeline") {
    @Override
    Optional<Function<AnsweredBy, Object>> read(CustomerLookup lookup, String customerId) {
      return lookup
          .history(customerId)
          .map(history -> by -> TimelineAnswer.of(customerId, history, by));
    }
  };

  private final String suffix;

  Question(String suffix) {
    this.suffix = suffix;
  }

  /** The part of the path after the customer. */
  public String suffix() {
    return suffix;
  }

  /** Reads the answer, to which its origin must still be added; empty for an unknown customer. */
  abstract Optional<Function<AnsweredBy, Object>> read(CustomerLookup lookup, String customerId);
}
