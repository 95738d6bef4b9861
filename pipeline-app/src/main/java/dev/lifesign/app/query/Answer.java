package dev.lifesign.app.query;

import java.time.Duration;

/** The answer to a question about a customer. */
public sealed interface Answer {

  /**
   * This instance knows the customer.
   *
   * @param answer a record of {@link dev.lifesign.app.query.answer}
   */
  record Found(Object answer) implements Answer {}

  /**
   * Another instance knows the customer.
   *
   * @param json its answer, passed on as it is
   */
  record Relayed(String json) implements Answer {}

  /**
   * The customer is unknown, according to a complete state of its partition.
   *
   * @param detail a sentence for the client
   */
  record NotThere(String detail) implements Answer {}

  /**
   * This deployment cannot answer questions, because of its settings.
   *
   * @param detail a sentence that says why
   */
  record NotPossible(String detail) implements Answer {}

  /**
   * No instance can answer at the moment.
   *
   * @param detail a sentence that says why
   * @param retryAfter how long to wait before asking again
   */
  record NotNow(String detail, Duration retryAfter) implements Answer {}
}
