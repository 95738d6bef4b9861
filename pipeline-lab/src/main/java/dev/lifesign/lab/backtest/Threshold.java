package dev.lifesign.lab.backtest;

/**
 * The fixed silence threshold that is right about the most customers.
 *
 * @param days a customer silent for this many days is predicted lost
 * @param accuracy the share of right predictions where it was tuned
 */
record Threshold(int days, double accuracy) {

  /**
   * The best threshold for some customers, in whole days; the shortest if several are equally good.
   *
   * @param silences the customers ranked by their silence, days
   */
  static Threshold tuned(Ranking silences) {
    long right = silences.size() - (long) silences.sizeBack();
    double longest = silences.size() == 0 ? 0 : silences.value(silences.size() - 1);
    int best = 1;
    long most = -1;
    int index = 0;
    int back = 0;
    for (int days = 1; days <= longest + 1; days++) {
      // Customers silent for less are not predicted lost, which is right for those who come back.
      for (; index < silences.size() && silences.value(index) < days; index++) {
        right--;
      }
      for (; back < silences.sizeBack() && silences.valueBack(back) < days; back++) {
        right += 2;
      }
      if (right > most) {
        most = right;
        best = days;
      }
    }
    return new Threshold(best, silences.size() == 0 ? 0 : most / (double) silences.size());
  }
}
