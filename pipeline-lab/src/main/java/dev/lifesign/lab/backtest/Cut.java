package dev.lifesign.lab.backtest;

/**
 * A cutoff: customers are observed at the start of its day, and the holdout that begins there shows
 * who came back.
 *
 * @param day the day, days since 1970-01-01
 * @param tuning whether the recommendation was chosen by it
 * @param judged whether the report shows how right the policies were at it
 * @param seen whether tuning saw any day of its holdout
 */
record Cut(int day, boolean tuning, boolean judged, boolean seen) {}
