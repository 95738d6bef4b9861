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
   * The customer was never heard of: the owner of its partition says so.
   *
   * @param detail a sentence
   */
  record NotThere(String detail) implements Answer {}

  /**
   * It cannot be answered as this deployment is set up.
   *
   * @param detail a sentence: why
   */
  record NotPossible(String detail) implements Answer {}

  /**
   * Nobody who could know can answer now.
   *
   * @param detail a sentence: why
   * @param retryAfter when to ask again
   */
  record NotNow(String detail, Duration retryAfter) implements Answer {}
}
