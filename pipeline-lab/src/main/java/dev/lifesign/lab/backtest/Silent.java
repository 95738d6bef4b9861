package dev.lifesign.lab.backtest;

/**
 * What a rule of silence reads about a customer at a cutoff. Instants are milliseconds since 1970,
 * days are counted from 1970-01-01.
 *
 * @param now the instant of the cutoff, or the customer's clock if that is later
 * @param since since when the customer has been silent
 * @param days its purchase days
 * @param first the first of them; 0 without any
 * @param last the last of them; 0 without any
 */
record Silent(long now, long since, int days, int first, int last) {

  /** Whether the customer was already silent so long ago. */
  boolean wasSilent(long millis) {
    return since <= now - millis;
  }

  /** The same customer earlier. */
  Silent earlier(long millis) {
    return new Silent(now - millis, since, days, first, last);
  }
}
