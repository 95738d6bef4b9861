package dev.lifesign.domain.cel;

/** What an expression says. */
public enum Answer {
  YES,
  NO,
  /**
   * It could not be evaluated, for example because it reads a field that is absent or divides by
   * zero. Counts as no.
   */
  FAILED
}
